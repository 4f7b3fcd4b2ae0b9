package io.p2pfaas.core.node;

import static io.p2pfaas.core.node.Scene.A;
import static io.p2pfaas.core.node.Scene.NEVER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.p2pfaas.core.model.Arrival;
import io.p2pfaas.core.model.Call;
import io.p2pfaas.core.model.End;
import io.p2pfaas.core.model.EndState;
import io.p2pfaas.core.model.FunctionName;
import io.p2pfaas.core.model.Load;
import io.p2pfaas.core.model.Payload;
import io.p2pfaas.core.model.Reason;
import io.p2pfaas.core.model.Routing;
import io.p2pfaas.core.peers.PeerState;
import io.p2pfaas.core.policy.NoScheduler;
import io.p2pfaas.core.policy.RejectScheduler;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** What happens to calls that stay on their node. */
final class LocalLifeTest {
    @Test
    void a_call_that_finds_a_slot_starts_at_once_and_ends_with_a_reply() {
        Scene scene = Scene.of(1, 0, new NoScheduler(true));

        Call call = scene.call(NEVER);
        assertThat(scene.only(Effect.Execute.class).call()).isEqualTo(call);

        scene.pass(30).ended(call);
        Effect.Reply reply = scene.only(Effect.Reply.class);
        assertThat(reply.end().state()).isEqualTo(EndState.DONE);
        assertThat(reply.placement().path()).containsExactly(Scene.ME);
        assertThat(scene.brain().load()).isEqualTo(new Load(0, 1, 0, 0));
    }

    @Test
    void waiting_calls_start_in_the_order_of_their_arrival() {
        Scene scene = Scene.of(1, 2, new NoScheduler(false));
        Call first = scene.call(NEVER);
        Call second = scene.call(NEVER);
        Call third = scene.call(NEVER);

        scene.ended(first);
        assertThat(scene.only(Effect.Execute.class).call()).isEqualTo(second);
        scene.ended(second);
        assertThat(scene.only(Effect.Execute.class).call()).isEqualTo(third);
    }

    @Test
    void a_full_queue_refuses_with_a_reason() {
        Scene scene = Scene.of(1, 1, new NoScheduler(false)).fill(2);

        scene.call(NEVER);

        assertThat(scene.replyReason()).isEqualTo(Reason.QUEUE_FULL);
    }

    @Test
    void without_a_queue_the_reason_is_the_missing_slot() {
        Scene scene = Scene.of(1, 0, new NoScheduler(false)).fill(1);

        scene.call(NEVER);

        assertThat(scene.replyReason()).isEqualTo(Reason.NO_SLOT);
    }

    @Test
    void a_call_that_arrives_too_late_is_never_started() {
        Scene scene = Scene.of(1, 1, new NoScheduler(false));

        scene.call(0);

        assertThat(scene.replyReason()).isEqualTo(Reason.EXPIRED_QUEUED);
        assertThat(scene.all(Effect.Execute.class)).isEmpty();
    }

    @Test
    void a_waiting_call_expires_in_the_queue() {
        Scene scene = Scene.of(1, 1, new NoScheduler(false)).fill(1);
        scene.call(200);

        scene.pass(200);

        assertThat(scene.replyReason()).isEqualTo(Reason.EXPIRED_QUEUED);
        assertThat(scene.brain().load().queued()).isZero();
    }

    @Test
    void a_waiting_call_whose_time_is_up_is_not_started_even_if_its_timer_is_late() {
        Scene scene = Scene.of(1, 1, new NoScheduler(false));
        Call running = scene.call(NEVER);
        scene.call(200);

        scene.passUnnoticed(300).ended(running);

        assertThat(scene.all(Effect.Execute.class)).isEmpty();
        assertThat(scene.all(Effect.Reply.class)).hasSize(2);
        assertThat(scene.counters().notDone(Reason.EXPIRED_QUEUED)).isOne();
        assertThat(scene.brain().load().total()).isZero();
    }

    @Test
    void a_running_call_that_expires_holds_its_slot_until_the_execution_is_over() {
        Scene scene = Scene.of(1, 0, new NoScheduler(true));
        Call call = scene.call(200);

        scene.pass(200);
        assertThat(scene.replyReason()).isEqualTo(Reason.EXPIRED_RUNNING);
        assertThat(scene.only(Effect.AbortExecution.class).callId()).isEqualTo(call.id());
        assertThat(scene.brain().load().running()).isOne();

        scene.ended(call);
        assertThat(scene.brain().load().running()).isZero();
        assertThat(scene.all(Effect.Reply.class)).isEmpty();
    }

    @Test
    void a_caller_that_leaves_the_queue_leaves_nothing_behind() {
        Scene scene = Scene.of(1, 1, new NoScheduler(false)).fill(1);
        Call waiting = scene.call(500);

        scene.on(new Event.CallerLeft(waiting.id()));

        assertThat(scene.replyReason()).isEqualTo(Reason.CALLER_LEFT);
        assertThat(scene.brain().load().queued()).isZero();
        assertThat(scene.pass(900).all(Effect.Reply.class)).isEmpty();
    }

    @Test
    void a_caller_that_leaves_twice_is_told_once() {
        Scene scene = Scene.of(1, 0, new NoScheduler(true));
        Call running = scene.call(NEVER);
        scene.on(new Event.CallerLeft(running.id()));
        assertThat(scene.replyReason()).isEqualTo(Reason.CALLER_LEFT);

        assertThat(scene.on(new Event.CallerLeft(running.id())).isQuiet()).isTrue();
    }

    @Test
    void a_failed_execution_is_told_with_its_reason() {
        Scene scene = Scene.of(1, 0, new NoScheduler(true));
        Call call = scene.call(NEVER);

        scene.on(new Event.ExecutionEnded(call.id(), End.of(Reason.FUNCTION_BROKEN)));

        assertThat(scene.replyReason()).isEqualTo(Reason.FUNCTION_BROKEN);
        assertThat(scene.counters().endedIn(EndState.FAILED, false)).isOne();
    }

    @Test
    void an_execution_that_ends_twice_or_was_never_started_changes_nothing() {
        Scene scene = Scene.of(1, 1, new NoScheduler(false));
        Call call = scene.call(NEVER);
        scene.ended(call);

        scene.ended(call);
        assertThat(scene.isQuiet()).isTrue();
        scene.on(new Event.ExecutionEnded(999, End.done(Payload.NONE)));
        assertThat(scene.isQuiet()).isTrue();
        assertThat(scene.brain().load().running()).isZero();
    }

    @Test
    void an_id_that_is_in_flight_is_not_taken_a_second_time() {
        Scene scene = Scene.of(2, 1, new NoScheduler(false));
        Call call = scene.call(NEVER);

        // Straight into the brain: the driver broke its promise, and the referee would not know which call is which.
        assertThatThrownBy(() -> scene.brain().on(new Event.CallArrived(call), scene.nowNanos()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(String.valueOf(call.id()));
        scene.ended(call);
        assertThat(scene.only(Effect.Reply.class).call()).isEqualTo(call);
    }

    @Test
    void an_unknown_function_is_rejected_as_such() {
        Scene scene = Scene.of(1, 1, new NoScheduler(false));

        scene.callFor(new FunctionName("nobody-has-this"));

        assertThat(scene.replyReason()).isEqualTo(Reason.UNKNOWN_FUNCTION);
    }

    @Test
    void a_function_that_only_a_peer_has_runs_there() {
        FunctionName theirs = new FunctionName("theirs");
        Scene scene = Scene.of(1, 1, new NoScheduler(false));
        scene.on(new Event.PresenceHeard(A, PeerState.ONLINE, 1, Set.of(theirs)));

        scene.callFor(theirs);

        assertThat(scene.sentOut().target()).isEqualTo(A);
        scene.refused(scene.sentOut(), A);
        assertThat(scene.replyReason()).isEqualTo(Reason.NO_TAKER);
    }

    @Test
    void a_function_that_only_a_peer_has_is_not_called_unknown_while_the_broker_is_away() {
        FunctionName theirs = new FunctionName("theirs");
        Scene scene = Scene.of(1, 1, new NoScheduler(false));
        scene.on(new Event.PresenceHeard(A, PeerState.ONLINE, 1, Set.of(theirs)));
        scene.on(new Event.LinkDown());

        scene.callFor(theirs);
        assertThat(scene.replyReason()).isEqualTo(Reason.LINK_DOWN);
        scene.callFor(new FunctionName("nobody-has-this"));
        assertThat(scene.replyReason()).isEqualTo(Reason.UNKNOWN_FUNCTION);
    }

    @Test
    void a_function_of_a_peer_that_takes_nothing_now_is_not_called_unknown() {
        FunctionName theirs = new FunctionName("theirs");
        Scene scene = Scene.of(1, 1, new NoScheduler(false));
        scene.on(new Event.PresenceHeard(A, PeerState.DRAINING, 1, Set.of(theirs)));

        scene.callFor(theirs);

        assertThat(scene.replyReason()).isEqualTo(Reason.NO_TAKER);
    }

    @Test
    void a_call_that_asks_for_a_bypass_never_waits_and_never_leaves() {
        Scene scene = Scene.of(1, 5, new NoScheduler(false)).online(A, 0, 0);

        Call first = scene.call(NEVER, 1, true, Routing.BYPASS);
        assertThat(scene.only(Effect.Execute.class).call()).isEqualTo(first);
        scene.call(NEVER, 1, true, Routing.BYPASS);
        assertThat(scene.replyReason()).isEqualTo(Reason.NO_SLOT);
    }

    @Test
    void a_call_that_asks_to_be_forwarded_leaves_an_idle_node() {
        Scene scene = Scene.of(4, 0, new NoScheduler(true)).online(A, 4, 4);

        scene.call(NEVER, 1, true, Routing.FORWARD);

        assertThat(scene.sentOut().target()).isEqualTo(A);
    }

    @Test
    void a_call_that_asks_to_be_rejected_is_rejected_by_any_policy() {
        Scene scene = Scene.of(4, 0, new NoScheduler(true));

        scene.call(NEVER, 1, true, Routing.REJECT);

        assertThat(scene.replyReason()).isEqualTo(Reason.DELIBERATE);
    }

    @Test
    void reconfiguring_under_load_lets_running_calls_end_and_takes_no_new_ones() {
        Scene scene = Scene.of(2, 2, new NoScheduler(false));
        Call first = scene.call(NEVER);
        Call second = scene.call(NEVER);
        scene.fill(2);

        scene.on(new Event.Reconfigured(1, 0, new NoScheduler(false)));
        assertThat(scene.brain().load()).isEqualTo(new Load(2, 1, 2, 0));

        scene.ended(first);
        assertThat(scene.all(Effect.Execute.class)).isEmpty();
        scene.ended(second);
        assertThat(scene.all(Effect.Execute.class)).hasSize(1);
    }

    @Test
    void more_slots_start_waiting_calls_at_once() {
        Scene scene = Scene.of(1, 3, new NoScheduler(false)).fill(4);

        scene.on(new Event.Reconfigured(3, 3, new NoScheduler(false)));

        assertThat(scene.all(Effect.Execute.class)).hasSize(2);
    }

    @Test
    void another_policy_decides_from_the_next_call_on() {
        Scene scene = Scene.of(1, 1, new NoScheduler(false));
        Call running = scene.call(NEVER);

        scene.on(new Event.Reconfigured(1, 1, new RejectScheduler()));
        scene.call(NEVER);
        assertThat(scene.replyReason()).isEqualTo(Reason.DELIBERATE);
        scene.ended(running);
        assertThat(scene.only(Effect.Reply.class).end().state()).isEqualTo(EndState.DONE);
    }

    @Test
    void an_impossible_configuration_changes_nothing() {
        Scene scene = Scene.of(1, 1, new NoScheduler(false));

        assertThatThrownBy(
                        () -> scene.brain().on(new Event.Reconfigured(0, 1, new RejectScheduler()), scene.nowNanos()))
                .isInstanceOf(IllegalArgumentException.class);

        assertThat(scene.brain().policy()).isEqualTo(new NoScheduler(false));
        assertThat(scene.brain().load().slots()).isOne();
    }

    @Test
    void beyond_max_calls_everything_is_refused_at_the_door() {
        BrainSettings few = Settings.of(2, 10).maxCalls(3).build();
        Scene scene = new Scene(few, new NoScheduler(false)).fill(3);

        scene.call(NEVER);
        assertThat(scene.replyReason()).isEqualTo(Reason.TOO_MANY_CALLS);
        scene.forward(A, Arrival.DIRECT, NEVER);
        assertThat(((Answer.Refused) scene.answer()).reason()).isEqualTo(Reason.TOO_MANY_CALLS);
    }

    @Test
    void a_draining_node_serves_its_callers_and_refuses_its_peers() {
        Scene scene = Scene.of(2, 0, new NoScheduler(true));
        scene.on(new Event.Draining());

        scene.call(NEVER);
        assertThat(scene.all(Effect.Execute.class)).hasSize(1);
        scene.forward(A, Arrival.DIRECT, NEVER);
        assertThat(((Answer.Refused) scene.answer()).reason()).isEqualTo(Reason.DRAINING);
    }

    @Test
    void a_clock_below_zero_is_as_good_as_any() {
        NodeBrain brain =
                new NodeBrain(BrainSettings.of(Scene.ME, 1, 1, 1), new NoScheduler(false), new SplittableRandom(1));
        brain.on(new Event.FunctionsChanged(Set.of(Scene.F)), -5_000_000_000L);
        Call call = new Call(
                1, Scene.F, Arrival.CLIENT, List.of(), -4_000_000_000L, 0, true, Routing.POLICY, 0, Payload.NONE);

        assertThat(brain.on(new Event.CallArrived(call), -5_000_000_000L))
                .anyMatch(Effect.Execute.class::isInstance)
                .contains(new Effect.WakeAt(-4_000_000_000L));
    }

    @Test
    void a_wake_up_that_comes_too_early_is_wished_for_again() {
        Scene scene = Scene.of(1, 0, new NoScheduler(true));
        scene.on(new Event.LinkDown());
        Call call = scene.call(200);
        long due = scene.only(Effect.WakeAt.class).atNanos();
        assertThat(due).isEqualTo(call.deadlineNanos());

        scene.passUnnoticed(199).on(new Event.Woken());

        assertThat(scene.only(Effect.WakeAt.class).atNanos()).isEqualTo(due);
    }

    @Test
    void a_function_that_is_here_but_cannot_be_run_is_not_unknown() {
        Scene scene = Scene.of(1, 0, new NoScheduler(true));
        scene.on(new Event.FunctionsChanged(Set.of(), Set.of(Scene.F)));

        scene.call(NEVER);
        assertThat(scene.replyReason()).isEqualTo(Reason.FUNCTION_UNREACHABLE);

        scene.on(new Event.FunctionsChanged(Set.of(Scene.F)));
        scene.call(NEVER);
        assertThat(scene.only(Effect.Execute.class)).isNotNull();
    }
}
