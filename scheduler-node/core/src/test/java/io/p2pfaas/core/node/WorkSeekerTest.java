package io.p2pfaas.core.node;

import static io.p2pfaas.core.node.Scene.A;
import static io.p2pfaas.core.node.Scene.B;
import static io.p2pfaas.core.node.Scene.NEVER;
import static org.assertj.core.api.Assertions.assertThat;

import io.p2pfaas.core.model.Arrival;
import io.p2pfaas.core.model.Call;
import io.p2pfaas.core.model.NodeId;
import io.p2pfaas.core.model.Notice;
import io.p2pfaas.core.model.Reason;
import io.p2pfaas.core.peers.PeerState;
import io.p2pfaas.core.policy.NoScheduler;
import io.p2pfaas.core.policy.PullFromQueue;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Nodes that ask for work, and nodes that have some. */
final class WorkSeekerTest {
    private static Scene scene(int slots, int queueMax) {
        return Scene.of(slots, queueMax, new PullFromQueue());
    }

    private static Scene wanted(Scene scene, NodeId by) {
        return scene.on(new Event.Told(Notice.WORK_WANTED, scene.sample(by, 3, 0)));
    }

    private static Scene noWork(Scene scene, NodeId by, int queued) {
        return scene.on(new Event.Told(Notice.NO_WORK, scene.sample(by, 4, queued)));
    }

    private static List<NodeId> asked(Scene scene) {
        return scene.all(Effect.Tell.class).stream()
                .filter(tell -> tell.notice() == Notice.WORK_WANTED)
                .map(Effect.Tell::peer)
                .toList();
    }

    @Test
    void a_free_slot_asks_where_calls_wait_and_only_there() {
        assertThat(asked(scene(1, 4).online(A, 4, 0))).isEmpty();
        assertThat(asked(scene(1, 4).online(A, 4, 1))).containsExactly(A);
        assertThat(asked(scene(1, 4).fill(1).online(A, 4, 1))).isEmpty();
    }

    @Test
    void one_question_per_free_slot_and_not_more_than_calls_wait_there() {
        Scene scene = scene(3, 4).online(A, 4, 2);
        assertThat(asked(scene)).containsExactly(A, A);
        assertThat(asked(scene.online(B, 4, 3))).containsExactly(B);
        assertThat(asked(scene.online(B, 4, 3))).isEmpty();
    }

    @Test
    void the_longest_queue_is_asked_when_a_slot_frees() {
        Scene scene = scene(1, 4);
        Call call = scene.call(NEVER);
        scene.online(A, 4, 1).online(B, 4, 3);
        assertThat(asked(scene.ended(call))).containsExactly(B);
    }

    @Test
    void the_word_that_there_is_none_leads_to_the_next_one() {
        Scene scene = scene(1, 4).online(A, 4, 1).online(B, 4, 1);
        assertThat(asked(noWork(scene, A, 1))).as("whatever its sample says").containsExactly(B);
        assertThat(asked(noWork(scene, B, 0))).isEmpty();
        assertThat(asked(scene.online(A, 4, 2))).containsExactly(A);
    }

    @Test
    void a_question_that_is_not_answered_is_asked_again_after_the_probe_timeout() {
        Scene scene = scene(1, 4).online(A, 4, 1);
        assertThat(asked(scene.pass(249))).isEmpty();
        assertThat(asked(scene.pass(1))).containsExactly(A);
    }

    @Test
    void a_call_that_comes_answers_the_question() {
        Scene scene = scene(2, 4).online(A, 4, 1);
        scene.forward(A, Arrival.DIRECT, NEVER);
        assertThat(asked(scene)).as("A's sample still says one").containsExactly(A);
    }

    @Test
    void nobody_is_asked_without_a_link_or_by_another_policy() {
        assertThat(asked(scene(1, 4).on(new Event.LinkDown()).online(A, 4, 1))).isEmpty();
        assertThat(asked(scene(1, 4).on(new Event.Draining()).online(A, 4, 1))).isEmpty();
        assertThat(asked(Scene.of(1, 4, new NoScheduler(false)).online(A, 4, 1)))
                .isEmpty();
    }

    @Test
    void the_longest_waiting_call_is_handed_to_who_asks_and_runs_there() {
        Scene scene = scene(1, 2).online(A, 0, 0).fill(1);
        Call first = scene.call(NEVER);
        scene.call(NEVER);
        wanted(scene, A);
        Effect.Forward forward = scene.sentOut();
        assertThat(forward.call()).isEqualTo(first);
        assertThat(forward.target()).isEqualTo(A);
        assertThat(scene.brain().load().queued()).as("its place is kept").isEqualTo(2);
        scene.doneBy(forward, A);
        assertThat(scene.replyReason()).isNull();
        assertThat(scene.brain().load().queued()).isEqualTo(1);
    }

    @Test
    void its_place_is_free_as_soon_as_it_is_accepted() {
        Scene scene = scene(1, 1).online(A, 0, 0).fill(2);
        wanted(scene, A);
        Effect.Forward forward = scene.sentOut();
        scene.call(NEVER);
        assertThat(scene.replyReason()).as("kept").isEqualTo(Reason.QUEUE_FULL);
        scene.accepted(forward, A, Answer.Phase.RUNNING);
        assertThat(scene.brain().load().queued()).isZero();
        scene.call(NEVER);
        assertThat(scene.all(Effect.Reply.class)).isEmpty();
    }

    @Test
    void a_call_that_comes_back_is_the_first_in_the_queue_again() {
        Scene scene = scene(1, 2).online(A, 0, 0);
        Call running = scene.call(NEVER);
        Call first = scene.call(NEVER);
        scene.call(NEVER);
        wanted(scene, A);
        scene.refused(scene.sentOut(), A);
        assertThat(scene.brain().load().queued()).isEqualTo(2);
        assertThat(scene.ended(running).only(Effect.Execute.class).call()).isEqualTo(first);
    }

    @Test
    void a_call_that_comes_back_to_a_free_slot_starts() {
        Scene scene = scene(1, 2).online(A, 0, 0);
        Call running = scene.call(NEVER);
        Call waiting = scene.call(NEVER);
        wanted(scene, A);
        Effect.Forward forward = scene.sentOut();
        scene.ended(running);
        assertThat(scene.nobody(forward).only(Effect.Execute.class).call()).isEqualTo(waiting);
    }

    @Test
    void whatever_ends_the_attempt_the_call_waits_again() {
        for (Event end : List.of(new Event.LinkDown(), new Event.PresenceHeard(A, PeerState.LOST, 1, Set.of()))) {
            Scene scene = scene(1, 1).online(A, 0, 0).fill(2);
            wanted(scene, A);
            scene.on(end);
            assertThat(scene.all(Effect.Reply.class)).isEmpty();
            assertThat(scene.brain().load().queued()).isEqualTo(1);
        }
        Scene silent = scene(1, 1).online(A, 0, 0).fill(2);
        wanted(silent, A);
        silent.pass(1_100);
        assertThat(silent.brain().load().queued()).isEqualTo(1);
        assertThat(silent.counters().inFlightFrom(false)).isEqualTo(2);
    }

    @Test
    void a_lent_call_whose_time_is_up_or_whose_caller_leaves_gives_its_place_up() {
        Scene scene = scene(1, 1).online(A, 0, 0).fill(1);
        Call call = scene.call(500);
        wanted(scene, A);
        scene.pass(500);
        assertThat(scene.replyReason()).isEqualTo(Reason.EXPIRED_AWAY);
        assertThat(scene.brain().load().queued()).isZero();
        assertThat(scene.on(new Event.CallerLeft(call.id())).all(Effect.Reply.class))
                .isEmpty();
    }

    @Test
    void who_asks_in_vain_is_told_so() {
        Scene scene = scene(1, 1).online(A, 0, 0);
        assertThat(wanted(scene, A).only(Effect.Tell.class).notice()).isEqualTo(Notice.NO_WORK);
        assertThat(wanted(scene, new NodeId("stranger")).all(Effect.Tell.class)).isEmpty();
        scene.on(new Event.Reconfigured(1, 1, new NoScheduler(false))).fill(2);
        assertThat(wanted(scene, A).only(Effect.Tell.class).notice()).isEqualTo(Notice.NO_WORK);
    }

    @Test
    void a_call_is_not_handed_twice_to_the_same_peer_nor_is_a_peers_call() {
        Scene scene = scene(1, 2).online(A, 0, 0).online(B, 0, 0).fill(2);
        wanted(scene, A);
        scene.refused(scene.sentOut(), A);
        assertThat(wanted(scene, A).all(Effect.Forward.class)).isEmpty();
        assertThat(wanted(scene, B).sentOut().target()).isEqualTo(B);

        Scene taker = scene(1, 2).online(A, 0, 0).online(B, 0, 0).fill(1);
        taker.forward(B, Arrival.DIRECT, NEVER);
        assertThat(taker.brain().load().queued()).isEqualTo(1);
        assertThat(wanted(taker, A).all(Effect.Forward.class)).isEmpty();
    }
}
