package io.p2pfaas.core.node;

import static io.p2pfaas.core.node.Scene.A;
import static io.p2pfaas.core.node.Scene.B;
import static io.p2pfaas.core.node.Scene.NEVER;
import static org.assertj.core.api.Assertions.assertThat;

import io.p2pfaas.core.model.NodeId;
import io.p2pfaas.core.policy.BrokerMatch;
import io.p2pfaas.core.policy.ForwardScheduler;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

final class ForwardCountsTest {
    private static ForwardCounts.Count count(long sent, long done, long refused, long lost) {
        return new ForwardCounts.Count(sent, done, refused, lost);
    }

    @Test
    void a_call_that_a_peer_did_is_sent_and_done() {
        Scene scene = Scene.of(1, 1, new ForwardScheduler(1)).online(A, 0, 0);
        scene.call(NEVER);
        Effect.Forward forward = scene.sentOut();
        scene.accepted(forward, A, Answer.Phase.RUNNING).doneBy(forward, A);

        assertThat(scene.counters().forwards().all()).isEqualTo(Map.of(A, count(1, 1, 0, 0)));
    }

    @Test
    void a_peer_that_refused_and_one_that_was_not_reached_are_told_apart() {
        Scene scene = Scene.of(1, 1, new ForwardScheduler(1)).online(A, 0, 0).online(B, 0, 0);
        scene.call(NEVER);
        Effect.Forward first = scene.sentOut();
        NodeId refuses = Objects.requireNonNull(first.target());
        scene.refused(first, refuses);
        Effect.Forward second = scene.sentOut();
        NodeId isGone = Objects.requireNonNull(second.target());
        scene.nobody(second);

        assertThat(scene.counters().forwards().of(refuses)).isEqualTo(count(1, 0, 1, 0));
        assertThat(scene.counters().forwards().of(isGone)).isEqualTo(count(1, 0, 0, 1));
    }

    @Test
    void an_offer_counts_for_who_took_it_and_once() {
        Scene scene = Scene.of(1, 0, new BrokerMatch(false, 3)).online(A, 0, 0).fill(1);
        scene.call(NEVER);
        Effect.Forward offer = scene.sentOut();
        assertThat(scene.counters().forwards().all()).isEmpty();

        scene.accepted(offer, A, Answer.Phase.RUNNING).doneBy(offer, A);

        assertThat(scene.counters().forwards().all()).isEqualTo(Map.of(A, count(1, 1, 0, 0)));
    }

    @Test
    void ids_from_the_network_are_bounded_and_a_copy_stands_still() {
        ForwardCounts counts = new ForwardCounts();
        for (int i = 0; i < 2 * ForwardCounts.MAX_PEERS; i++) {
            counts.sent(new NodeId("n" + i));
        }
        ForwardCounts copy = counts.copy();
        counts.done(new NodeId("n0"));

        assertThat(counts.all()).hasSize(ForwardCounts.MAX_PEERS);
        assertThat(counts.of(new NodeId("n" + ForwardCounts.MAX_PEERS))).isEqualTo(count(0, 0, 0, 0));
        assertThat(copy.of(new NodeId("n0"))).isEqualTo(count(1, 0, 0, 0));
    }
}
