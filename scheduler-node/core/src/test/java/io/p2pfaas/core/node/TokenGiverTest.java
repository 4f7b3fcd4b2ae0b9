package io.p2pfaas.core.node;

import static io.p2pfaas.core.node.Scene.A;
import static io.p2pfaas.core.node.Scene.B;
import static io.p2pfaas.core.node.Scene.NEVER;
import static org.assertj.core.api.Assertions.assertThat;

import io.p2pfaas.core.model.Arrival;
import io.p2pfaas.core.model.Call;
import io.p2pfaas.core.model.FunctionName;
import io.p2pfaas.core.model.NodeId;
import io.p2pfaas.core.model.Notice;
import io.p2pfaas.core.peers.PeerState;
import io.p2pfaas.core.policy.JoinIdleQueue;
import io.p2pfaas.core.policy.NoScheduler;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Tokens for free slots: when a node gives them, and what it does with those that it gets. */
final class TokenGiverTest {
    private static final FunctionName OTHER = new FunctionName("other");

    private static Scene scene(int slots, int queueMax) {
        return Scene.of(slots, queueMax, new JoinIdleQueue(3));
    }

    private static List<Effect.Tell> given(Scene scene) {
        return scene.all(Effect.Tell.class);
    }

    private static Scene token(Scene scene, NodeId peer) {
        return scene.on(new Event.Told(Notice.FREE_SLOT, scene.sample(peer, 3, 0)));
    }

    @Test
    void a_node_that_starts_gives_one_token_per_slot_as_soon_as_there_is_a_peer() {
        Scene scene = scene(3, 0);
        assertThat(given(scene)).isEmpty();

        scene.on(new Event.PresenceHeard(A, PeerState.ONLINE, 1, Set.of(Scene.F)));
        assertThat(given(scene)).hasSize(3).allSatisfy(tell -> {
            assertThat(tell.peer()).isEqualTo(A);
            assertThat(tell.notice()).isEqualTo(Notice.FREE_SLOT);
            assertThat(tell.sample().load().running()).isZero();
        });
        assertThat(given(scene.online(B, 0, 0))).as("all are out").isEmpty();
        assertThat(scene.counters().noticesSent()).isEqualTo(3);
    }

    @Test
    void a_slot_that_frees_is_told_once_to_one_peer() {
        Scene scene = scene(1, 0).online(A, 4, 0).online(B, 4, 0);
        Call call = scene.call(NEVER);
        assertThat(given(scene)).isEmpty();

        assertThat(given(scene.ended(call))).hasSize(1);
        assertThat(given(scene.on(new Event.Woken()))).isEmpty();
    }

    @Test
    void a_slot_that_frees_while_its_token_is_out_is_not_told_again() {
        Scene scene = scene(2, 0).online(A, 4, 0);
        Call call = scene.call(NEVER);
        assertThat(given(scene.ended(call))).isEmpty();
    }

    @Test
    void a_slot_that_the_queue_takes_at_once_is_not_told() {
        Scene scene = scene(1, 1).online(A, 4, 4);
        Call first = scene.call(NEVER);
        scene.call(NEVER);
        assertThat(given(scene.ended(first))).isEmpty();
    }

    @Test
    void a_call_of_the_holder_spends_its_token() {
        Scene scene = scene(2, 0).online(A, 4, 0);
        Call taken = scene.forward(A, Arrival.DIRECT, NEVER);
        assertThat(given(scene)).isEmpty();
        assertThat(given(scene.ended(taken)))
                .as("one free slot more than tokens")
                .hasSize(1);
    }

    @Test
    void a_token_that_nobody_uses_is_given_again_before_its_holder_throws_it_away() {
        Scene scene = scene(1, 0).online(A, 4, 0);
        assertThat(given(scene.pass(1_000))).isEmpty();
        assertThat(given(scene.pass(1_999))).hasSize(1);
    }

    @Test
    void no_token_goes_out_without_a_link_functions_or_the_will_to_take_calls() {
        Scene cutOff = scene(1, 0).on(new Event.LinkDown()).online(A, 0, 0);
        assertThat(given(cutOff)).isEmpty();
        assertThat(given(cutOff.on(new Event.LinkUp()))).hasSize(1);

        Scene leaving = scene(1, 0).on(new Event.Draining()).online(A, 0, 0);
        assertThat(given(leaving)).isEmpty();

        Scene empty = scene(1, 0).on(new Event.FunctionsChanged(Set.of())).online(A, 0, 0);
        assertThat(given(empty)).isEmpty();
    }

    @Test
    void a_peer_with_other_functions_gets_none() {
        Scene scene = scene(1, 0).on(new Event.PresenceHeard(A, PeerState.ONLINE, 1, Set.of(OTHER)));
        assertThat(given(scene)).isEmpty();
    }

    @Test
    void other_policies_give_none_and_keep_none() {
        Scene scene = Scene.of(1, 0, new NoScheduler(true)).online(A, 0, 0);
        assertThat(given(scene)).isEmpty();
        token(scene, A);
        scene.on(new Event.Reconfigured(1, 0, new JoinIdleQueue(1))).online(B, 4, 0);
        scene.fill(1);
        scene.call(NEVER);
        Effect.Forward forward = scene.sentOut();
        assertThat(scene.refused(forward, A).replyReason())
                .as("one blind attempt")
                .isNotNull();
    }

    @Test
    void the_overflow_goes_to_the_giver_of_the_newest_token_and_uses_it_up() {
        Scene scene = scene(1, 0).online(A, 4, 0).online(B, 4, 0).fill(1);
        token(scene, A);
        token(scene, B);
        scene.call(NEVER);
        assertThat(scene.sentOut().target()).isEqualTo(B);
        scene.call(NEVER);
        assertThat(scene.sentOut().target()).isEqualTo(A);
    }

    @Test
    void a_token_whose_giver_has_filled_up_costs_a_refusal_and_then_the_next_one_is_tried() {
        Scene scene = scene(1, 0).online(A, 4, 0).online(B, 4, 0).fill(1);
        token(scene, A);
        token(scene, B);
        scene.call(NEVER);
        scene.refused(scene.sentOut(), B);
        Effect.Forward second = scene.sentOut();
        assertThat(second.target()).isEqualTo(A);
        scene.doneBy(second, A);
        assertThat(scene.replyReason()).isNull();
        assertThat(scene.counters().forwardsSent()).isEqualTo(2);
    }

    @Test
    void a_token_of_a_peer_that_died_is_worth_nothing() {
        Scene scene = scene(1, 1).online(A, 4, 0).fill(1);
        token(scene, A);
        scene.lost(A);
        scene.call(NEVER);
        assertThat(scene.all(Effect.Forward.class)).isEmpty();
        assertThat(scene.brain().load().queued()).isEqualTo(1);
    }
}
