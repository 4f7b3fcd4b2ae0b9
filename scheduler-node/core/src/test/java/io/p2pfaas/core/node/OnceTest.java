package io.p2pfaas.core.node;

import static io.p2pfaas.core.node.Scene.A;
import static io.p2pfaas.core.node.Scene.B;
import static io.p2pfaas.core.node.Scene.ME;
import static io.p2pfaas.core.node.Scene.NEVER;
import static org.assertj.core.api.Assertions.assertThat;

import io.p2pfaas.core.model.Arrival;
import io.p2pfaas.core.model.Call;
import io.p2pfaas.core.model.EndState;
import io.p2pfaas.core.model.NodeId;
import io.p2pfaas.core.model.Origin;
import io.p2pfaas.core.model.Reason;
import io.p2pfaas.core.model.Routing;
import io.p2pfaas.core.model.Sample;
import io.p2pfaas.core.policy.BrokerMatch;
import io.p2pfaas.core.policy.Decision;
import io.p2pfaas.core.policy.ForwardScheduler;
import io.p2pfaas.core.policy.NoScheduler;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** No call runs twice on one node, and what may run only once runs at most once anywhere. */
final class OnceTest {
    private static final Origin FIRST_TRY = new Origin(A, 7, 70, 5);
    private static final Origin SECOND_TRY = new Origin(A, 8, 71, 5);

    private static Scene forwarding() {
        return Scene.of(1, 1, new ForwardScheduler(1)).online(A, 0, 0);
    }

    private static Call once(Scene scene) {
        return scene.call(10_000, 1, false, Routing.POLICY);
    }

    /** The body is with A, and nothing was heard since. */
    private static Effect.Forward given(Scene scene) {
        once(scene);
        Effect.Forward request = scene.sentOut();
        scene.sent(request).accepted(request, A, Answer.Phase.BOOKED);
        return scene.sentOut();
    }

    private static Call onceFor(Scene scene, Origin origin, boolean bodyFollows) {
        Call call = scene.newCall(Arrival.DIRECT, List.of(A), NEVER, 1, false, Routing.POLICY, Scene.F);
        scene.on(new Event.ForwardArrived(call, origin, bodyFollows));
        return call;
    }

    @Test
    void a_second_try_of_a_call_that_runs_does_not_run_and_gets_the_answer() {
        Scene scene = Scene.of(4, 0, new NoScheduler(true));
        Call call = scene.forward(A, Arrival.SPILL, NEVER, false, FIRST_TRY);

        scene.forward(A, Arrival.SPILL, NEVER, false, SECOND_TRY);
        assertThat(scene.all(Effect.Execute.class)).isEmpty();
        assertThat(scene.counters().receivedFrom(true)).isOne();

        scene.ended(call);
        assertThat(scene.only(Effect.AnswerOrigin.class).origin()).isEqualTo(SECOND_TRY);
    }

    @Test
    void a_first_try_that_a_second_overtook_does_not_run() {
        List<Scene> told = new ArrayList<>();
        List<Decision> decisions = new ArrayList<>();
        Scene scene = Scene.of(4, 0, ScriptedPolicy.of((call, view) -> {
            decisions.add(
                    decisions.isEmpty()
                            ? new Decision.WaitUntil(told.get(0).deadline(100))
                            : new Decision.RunHere(true));
            return decisions.get(decisions.size() - 1);
        }));
        told.add(scene);
        scene.forward(A, Arrival.SPILL, NEVER, false, FIRST_TRY);
        scene.ended(scene.forward(A, Arrival.SPILL, NEVER, false, SECOND_TRY));

        scene.pass(100);

        assertThat(scene.all(Effect.Execute.class)).isEmpty();
        assertThat(scene.only(Effect.AnswerOrigin.class).answer())
                .isInstanceOfSatisfying(
                        Answer.Refused.class,
                        refused -> assertThat(refused.reason()).isEqualTo(Reason.REPEATED));
        assertThat(scene.brain().load().running()).isZero();
    }

    @Test
    void a_second_try_of_a_call_whose_first_was_confirmed_is_confirmed_at_once() {
        Scene scene = Scene.of(1, 1, new NoScheduler(false)).fill(1);
        scene.forward(A, Arrival.DIRECT, NEVER, false, FIRST_TRY);
        scene.pass(60);

        scene.forward(A, Arrival.DIRECT, NEVER, false, SECOND_TRY);

        assertThat(scene.answer()).isInstanceOf(Answer.Accepted.class);
        assertThat(scene.only(Effect.AnswerOrigin.class).origin()).isEqualTo(SECOND_TRY);
        assertThat(scene.brain().load().queued()).isOne();
    }

    @Test
    void a_first_try_that_was_overtaken_by_the_second_changes_nothing() {
        Scene scene = Scene.of(4, 0, new NoScheduler(true));
        Call call = scene.forward(A, Arrival.DIRECT, NEVER, false, SECOND_TRY);

        scene.forward(A, Arrival.DIRECT, NEVER, false, FIRST_TRY);
        assertThat(scene.all(Effect.Execute.class)).isEmpty();

        scene.ended(call);
        assertThat(scene.only(Effect.AnswerOrigin.class).origin()).isEqualTo(SECOND_TRY);
    }

    @Test
    void a_second_try_of_a_call_that_has_run_is_refused() {
        Scene scene = Scene.of(4, 0, new NoScheduler(true));
        scene.ended(scene.forward(A, Arrival.DIRECT, NEVER, false, FIRST_TRY));

        scene.forward(A, Arrival.SPILL, NEVER, false, SECOND_TRY);

        assertThat(scene.all(Effect.Execute.class)).isEmpty();
        assertThat(((Answer.Refused) scene.answer()).reason()).isEqualTo(Reason.REPEATED);
        assertThat(scene.counters().endedIn(EndState.REJECTED, true)).isOne();
    }

    @Test
    void a_second_try_is_refused_while_the_end_of_the_aborted_first_one_is_waited_for() {
        Scene scene = Scene.of(4, 0, new NoScheduler(true));
        scene.forward(A, Arrival.DIRECT, 100, false, FIRST_TRY);
        scene.pass(100);

        scene.forward(A, Arrival.DIRECT, NEVER, false, SECOND_TRY);

        assertThat(((Answer.Refused) scene.answer()).reason()).isEqualTo(Reason.REPEATED);
    }

    @Test
    void a_call_that_was_refused_may_come_again() {
        Scene scene = Scene.of(1, 0, new NoScheduler(true));
        Call own = scene.call(NEVER);
        scene.forward(A, Arrival.DIRECT, NEVER, false, FIRST_TRY);
        scene.ended(own);

        Call again = scene.forward(A, Arrival.DIRECT, NEVER, false, SECOND_TRY);

        assertThat(scene.only(Effect.Execute.class).call()).isEqualTo(again);
    }

    @Test
    void calls_of_two_origins_with_one_number_are_two_calls() {
        Scene scene = Scene.of(4, 0, new NoScheduler(true));
        scene.forward(A, Arrival.DIRECT, NEVER, false, FIRST_TRY);

        scene.forward(B, Arrival.DIRECT, NEVER, false, new Origin(B, 7, 70, 5));

        assertThat(scene.all(Effect.Execute.class)).hasSize(1);
    }

    @Test
    void a_second_try_that_asks_for_a_slot_takes_the_place_of_the_first() {
        Scene scene = Scene.of(1, 0, new NoScheduler(true));
        onceFor(scene, FIRST_TRY, true);

        onceFor(scene, SECOND_TRY, true);
        assertThat(scene.only(Effect.AnswerOrigin.class).origin()).isEqualTo(SECOND_TRY);
        assertThat(scene.brain().load().running()).isOne();

        Call body = onceFor(scene, SECOND_TRY, false);
        assertThat(scene.only(Effect.Execute.class).call()).isEqualTo(body);
    }

    @Test
    void tries_of_one_call_name_it_alike() {
        Scene scene = Scene.of(1, 1, new ForwardScheduler(1)).online(A, 0, 0).online(B, 0, 0);
        scene.call(NEVER);
        Effect.Forward first = scene.sentOut();
        scene.nobody(first);
        Effect.Forward second = scene.sentOut();

        assertThat(second.origin().call()).isEqualTo(first.origin().call()).isNotEqualTo(Origin.UNNAMED);
        scene.call(NEVER);
        assertThat(scene.sentOut().origin().call()).isNotEqualTo(first.origin().call());
    }

    @Test
    void a_result_that_comes_while_a_second_node_is_asked_is_the_callers() {
        Scene scene = Scene.of(1, 1, new ForwardScheduler(1)).online(A, 0, 0).online(B, 0, 0);
        scene.call(NEVER);
        Effect.Forward first = scene.sentOut();
        scene.sent(first).pass(1_000);
        Effect.Forward second = scene.sentOut();

        scene.doneBy(first, A);
        assertThat(scene.only(Effect.Reply.class).end().state()).isEqualTo(EndState.DONE);

        scene.refused(second, B);
        assertThat(scene.isQuiet()).isTrue();
        assertThat(scene.counters().lateAnswers()).isOne();
    }

    @Test
    void a_result_that_comes_while_the_call_waits_here_frees_its_place() {
        Scene scene = Scene.of(1, 1, new ForwardScheduler(1)).online(A, 0, 0);
        scene.call(NEVER, 1, true, Routing.BYPASS);
        scene.call(NEVER);
        Effect.Forward first = scene.sentOut();
        scene.sent(first).pass(1_000);
        assertThat(scene.brain().load().queued()).isOne();

        scene.doneBy(first, A);

        assertThat(scene.only(Effect.Reply.class).end().state()).isEqualTo(EndState.DONE);
        assertThat(scene.brain().load().queued()).isZero();
    }

    @Test
    void a_call_that_may_run_once_is_sent_to_who_keeps_a_slot_for_it() {
        Scene scene = forwarding();
        once(scene);
        Effect.Forward request = scene.sentOut();
        assertThat(request.withBody()).isFalse();

        scene.accepted(request, A, Answer.Phase.BOOKED);

        assertThat(scene.sentOut().withBody()).isTrue();
        assertThat(scene.sentOut().target()).isEqualTo(A);
    }

    @Test
    void a_peer_that_is_silent_before_the_body_was_sent_costs_no_call() {
        Scene scene = forwarding();
        Call call = once(scene);
        scene.sent(scene.sentOut());

        scene.pass(1_000);

        assertThat(scene.only(Effect.Execute.class).call()).isEqualTo(call);
    }

    @Test
    void a_peer_that_is_silent_with_the_body_is_waited_for() {
        Scene scene = forwarding();
        Effect.Forward body = given(scene);
        scene.sent(body).pass(3_000);
        assertThat(scene.all(Effect.Execute.class)).isEmpty();
        assertThat(scene.brain().peers().get(0).isSuspect()).isTrue();

        scene.doneBy(body, A);
        assertThat(scene.only(Effect.Reply.class).end().state()).isEqualTo(EndState.DONE);
    }

    @Test
    void a_peer_that_stays_silent_with_the_body_costs_the_call_its_time() {
        Scene scene = forwarding();
        scene.sent(given(scene));

        scene.pass(10_000);

        assertThat(scene.all(Effect.Execute.class)).isEmpty();
        assertThat(scene.replyReason()).isEqualTo(Reason.EXPIRED_AWAY);
    }

    @Test
    void a_peer_that_dies_with_the_body_before_it_said_a_word_may_have_run_the_call() {
        Scene scene = forwarding();
        given(scene);

        scene.lost(A);

        assertThat(scene.replyReason()).isEqualTo(Reason.PEER_LOST);
    }

    @Test
    void a_body_that_reached_nobody_is_sent_elsewhere() {
        Scene scene = forwarding();
        Effect.Forward body = given(scene);

        scene.nobody(body);

        assertThat(scene.all(Effect.Execute.class)).hasSize(1);
    }

    @Test
    void a_body_that_may_have_reached_somebody_is_sent_nowhere_else() {
        Scene scene = forwarding();
        Effect.Forward body = given(scene);

        scene.on(new Event.ForwardUndeliverable(body.attempt(), false)).on(new Event.LinkDown());
        assertThat(scene.all(Effect.Execute.class)).isEmpty();

        scene.on(new Event.LinkUp()).doneBy(body, A);
        assertThat(scene.only(Effect.Reply.class).end().state()).isEqualTo(EndState.DONE);
    }

    @Test
    void a_peer_that_refuses_the_body_has_not_run_the_call() {
        Scene scene = forwarding();
        Effect.Forward body = given(scene);

        scene.refused(body, A);

        assertThat(scene.all(Effect.Execute.class)).hasSize(1);
    }

    @Test
    void a_call_that_may_run_once_waits_at_the_peer_without_its_body() {
        Scene scene = Scene.of(1, 1, new NoScheduler(false));
        Call own = scene.call(NEVER);
        onceFor(scene, FIRST_TRY, true);
        assertThat(((Answer.Accepted) scene.pass(50).answer()).phase()).isEqualTo(Answer.Phase.QUEUED);

        scene.ended(own);
        assertThat(((Answer.Accepted) scene.answer()).phase()).isEqualTo(Answer.Phase.BOOKED);
        assertThat(scene.brain().load().running()).isOne();

        Call body = onceFor(scene, FIRST_TRY, false);
        assertThat(scene.only(Effect.Execute.class).call()).isEqualTo(body);
    }

    @Test
    void a_peer_that_dies_before_it_asked_for_the_body_has_not_run_the_call() {
        Scene scene = forwarding();
        Call call = once(scene);
        scene.accepted(scene.sentOut(), A, Answer.Phase.QUEUED);

        scene.lost(A);

        assertThat(scene.only(Effect.Execute.class).call()).isEqualTo(call);
    }

    @Test
    void a_body_that_may_run_once_is_not_handed_on() {
        Scene scene = Scene.of(1, 0, new BrokerMatch(true, 4)).fill(1);

        onceFor(scene, FIRST_TRY, false);

        assertThat(scene.all(Effect.Forward.class)).isEmpty();
        assertThat(scene.answer()).isInstanceOf(Answer.Refused.class);
    }

    @Test
    void a_request_for_a_slot_is_handed_on_and_who_has_one_asks_the_origin() {
        Scene scene = Scene.of(1, 0, new BrokerMatch(true, 4)).fill(1);
        Call call = scene.newCall(Arrival.SPILL, List.of(A), NEVER, 1, false, Routing.POLICY, Scene.F);

        scene.on(new Event.ForwardArrived(call, FIRST_TRY, true));

        assertThat(scene.sentOut().withBody()).isFalse();
        assertThat(scene.sentOut().path()).containsExactly(A, ME);
    }

    @Test
    void late_words_of_a_peer_that_was_given_up_do_not_end_a_call_that_runs_here() {
        Scene scene = forwarding();
        scene.call(NEVER);
        Effect.Forward forward = scene.sentOut();
        scene.sent(forward).pass(1_000);
        NodeId by = A;
        Sample sample = scene.sample(by, 0, 0);

        scene.on(new Event.ForwardAnswered(forward.attempt(), new Answer.Refused(by, sample, Reason.NO_SLOT)));

        assertThat(scene.all(Effect.Reply.class)).isEmpty();
        assertThat(scene.counters().lateAnswers()).isOne();
    }
}
