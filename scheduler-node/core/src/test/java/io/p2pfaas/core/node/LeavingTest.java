package io.p2pfaas.core.node;

import static io.p2pfaas.core.node.Scene.A;
import static io.p2pfaas.core.node.Scene.B;
import static io.p2pfaas.core.node.Scene.NEVER;
import static org.assertj.core.api.Assertions.assertThat;

import io.p2pfaas.core.model.Arrival;
import io.p2pfaas.core.model.Call;
import io.p2pfaas.core.model.EndState;
import io.p2pfaas.core.model.Reason;
import io.p2pfaas.core.policy.NoScheduler;
import org.junit.jupiter.api.Test;

/** What a node that is told to go does with calls that have not begun. */
final class LeavingTest {
    private static final Event DRAINING = new Event.Draining();
    private static final Event HURRY = new Event.Draining(true);

    private static Scene full() {
        return Scene.of(1, 3, new NoScheduler(false)).fill(1);
    }

    @Test
    void peers_calls_that_wait_go_back_to_where_they_came_from() {
        Scene scene = full();
        scene.forward(A, Arrival.DIRECT, NEVER);

        scene.on(DRAINING);

        assertThat(((Answer.Refused) scene.answer()).reason()).isEqualTo(Reason.DRAINING);
        assertThat(scene.brain().load().queued()).isZero();
        assertThat(scene.counters().inFlightFrom(true)).isZero();
    }

    @Test
    void a_slot_that_is_kept_for_a_peers_call_is_free_and_the_body_that_comes_all_the_same_does_not_run() {
        Scene scene = Scene.of(1, 1, new NoScheduler(false));
        scene.forward(A, Arrival.DIRECT, NEVER, true, Scene.originOf(A));
        scene.on(DRAINING);
        assertThat(((Answer.Refused) scene.answer()).reason()).isEqualTo(Reason.DRAINING);
        assertThat(scene.brain().load().running()).isZero();

        scene.forward(A, Arrival.DIRECT, NEVER, false, Scene.originOf(A));

        assertThat(scene.all(Effect.Execute.class)).isEmpty();
        assertThat(((Answer.Refused) scene.answer()).reason()).isEqualTo(Reason.DRAINING);
    }

    @Test
    void peers_calls_that_run_end() {
        Scene scene = Scene.of(1, 1, new NoScheduler(false));
        Call call = scene.forward(A, Arrival.DIRECT, NEVER);

        scene.on(DRAINING).ended(call);

        assertThat(((Answer.Ended) scene.answer()).end().state()).isEqualTo(EndState.DONE);
    }

    @Test
    void a_callers_call_that_waits_goes_to_the_peer_with_most_free_slots() {
        Scene scene = full().online(A, 3, 0).online(B, 1, 0);
        Call call = scene.call(NEVER);

        scene.on(DRAINING);
        Effect.Forward forward = scene.sentOut();
        assertThat(forward.call()).isEqualTo(call);
        assertThat(forward.target()).isEqualTo(B);

        scene.doneBy(forward, B);
        assertThat(scene.only(Effect.Reply.class).end().state()).isEqualTo(EndState.DONE);
        assertThat(scene.brain().load().queued()).isZero();
    }

    @Test
    void a_call_that_no_peer_took_waits_here_in_its_place() {
        Scene scene = full().online(A, 3, 0);
        Call running = scene.call(NEVER);
        scene.on(DRAINING);

        scene.refused(scene.sentOut(), A);

        assertThat(scene.brain().load().queued()).isOne();
        assertThat(scene.all(Effect.Reply.class)).isEmpty();
        assertThat(running.path()).isEmpty();
    }

    @Test
    void more_calls_than_a_peer_has_free_slots_are_not_sent_there() {
        Scene scene = full().online(A, 3, 0);
        scene.call(NEVER);
        scene.call(NEVER);

        scene.on(DRAINING);

        assertThat(scene.all(Effect.Forward.class)).hasSize(1);
    }

    @Test
    void only_in_a_hurry_a_place_in_a_peers_queue_will_do() {
        Scene scene = full().online(A, 4, 0);
        scene.call(NEVER);
        assertThat(scene.on(DRAINING).all(Effect.Forward.class)).isEmpty();

        assertThat(scene.on(HURRY).all(Effect.Forward.class)).hasSize(1);
    }

    @Test
    void callers_whose_calls_wait_are_told_when_the_node_goes() {
        Scene scene = full();
        scene.call(NEVER);

        scene.on(new Event.Stopping());

        assertThat(scene.replyReason()).isEqualTo(Reason.NODE_STOPPED);
        assertThat(scene.brain().load().queued()).isZero();
    }
}
