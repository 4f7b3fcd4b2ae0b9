package io.p2pfaas.core.node;

import static io.p2pfaas.core.node.Scene.A;
import static io.p2pfaas.core.node.Scene.B;
import static io.p2pfaas.core.node.Scene.ME;
import static io.p2pfaas.core.node.Scene.NEVER;
import static org.assertj.core.api.Assertions.assertThat;

import io.p2pfaas.core.model.Call;
import io.p2pfaas.core.model.End;
import io.p2pfaas.core.model.EndState;
import io.p2pfaas.core.model.NodeId;
import io.p2pfaas.core.model.Reason;
import io.p2pfaas.core.model.Routing;
import io.p2pfaas.core.policy.ForwardScheduler;
import io.p2pfaas.core.policy.LeastLoadedSpill;
import io.p2pfaas.core.policy.NoScheduler;
import io.p2pfaas.core.policy.PowerOfNScheduler;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** What an origin does with calls that it sends to peers. */
final class ForwardingTest {
    private static final long LARGE = 1_000_000;

    private static Scene forwarding() {
        return Scene.of(1, 1, new ForwardScheduler(1)).online(A, 0, 0);
    }

    private static Effect.Forward other(Effect.Forward first, Effect.Forward second) {
        assertThat(second.target()).isNotEqualTo(first.target());
        return second;
    }

    @Test
    void a_forward_names_origin_path_and_attempt() {
        Scene scene = forwarding();
        scene.call(NEVER);

        Effect.Forward forward = scene.sentOut();

        assertThat(forward.target()).isEqualTo(A);
        assertThat(forward.path()).containsExactly(ME);
        assertThat(forward.origin().node()).isEqualTo(ME);
        assertThat(forward.origin().attempt()).isEqualTo(forward.attempt());
        assertThat(forward.withBody()).isTrue();
    }

    @Test
    void the_peers_outcome_is_the_callers_reply() {
        Scene scene = forwarding();
        scene.call(NEVER);
        Effect.Forward forward = scene.sentOut();
        scene.sent(forward);
        scene.accepted(forward, A, Answer.Phase.RUNNING);
        assertThat(scene.isQuiet()).isTrue();

        scene.pass(3_000).doneBy(forward, A);

        assertThat(scene.only(Effect.Reply.class).end().state()).isEqualTo(EndState.DONE);
        assertThat(scene.only(Effect.Reply.class).placement().path()).containsExactly(ME, A);
    }

    @Test
    void a_refusal_is_followed_by_the_next_peer_and_then_by_an_own_try() {
        Scene scene = forwarding().online(B, 0, 0);
        scene.call(NEVER);
        Effect.Forward first = scene.sentOut();
        scene.refused(first, Objects.requireNonNull(first.target()));
        Effect.Forward second = other(first, scene.sentOut());

        scene.refused(second, Objects.requireNonNull(second.target()));

        assertThat(scene.all(Effect.Execute.class)).hasSize(1);
    }

    @Test
    void a_publish_that_finds_no_subscriber_goes_to_the_next_peer_without_waiting() {
        Scene scene = forwarding().online(B, 0, 0);
        scene.call(NEVER);
        Effect.Forward first = scene.sentOut();

        scene.nobody(first);

        other(first, scene.sentOut());
        assertThat(scene.counters().foundNobody()).isOne();
    }

    @Test
    void a_peer_that_could_not_be_reached_is_not_chosen_until_it_is_heard_of() {
        Scene scene = forwarding();
        Call call = scene.call(NEVER);
        scene.nobody(scene.sentOut());
        scene.ended(call);

        scene.ended(scene.call(NEVER));
        assertThat(scene.all(Effect.Forward.class)).isEmpty();

        scene.on(new Event.SampleHeard(scene.sample(A, 0, 0)));
        scene.call(NEVER);
        assertThat(scene.sentOut().target()).isEqualTo(A);
    }

    @Test
    void no_peer_is_suspect_because_a_call_was_too_large_to_send() {
        Scene scene = Scene.of(1, 0, new ForwardScheduler(1));
        scene.online(A, 0, 0);
        scene.call(NEVER);
        scene.tooLarge(scene.sentOut());

        assertThat(scene.brain().peers().get(0).isSuspect()).isFalse();
        assertThat(scene.brain().load().running()).isOne();
    }

    @Test
    void silence_is_followed_by_another_try_and_makes_the_peer_suspect() {
        Scene scene = forwarding();
        Call call = scene.call(NEVER);
        scene.sent(scene.sentOut());

        scene.pass(1_000);

        assertThat(scene.only(Effect.Execute.class).call()).isEqualTo(call);
        assertThat(scene.brain().peers().get(0).isSuspect()).isTrue();
    }

    @Test
    void an_outcome_that_comes_after_the_next_try_is_counted_and_dropped() {
        Scene scene = forwarding();
        Call call = scene.call(NEVER);
        Effect.Forward forward = scene.sentOut();
        scene.pass(1_000).doneBy(forward, A);

        assertThat(scene.all(Effect.Reply.class)).isEmpty();
        assertThat(scene.counters().lateAnswers()).isOne();
        scene.ended(call);
        assertThat(scene.all(Effect.Reply.class)).hasSize(1);
    }

    @Test
    void after_a_peer_has_accepted_a_call_no_other_one_can_end_it() {
        Scene scene = forwarding().online(B, 0, 0);
        scene.call(NEVER);
        Effect.Forward forward = scene.sentOut();
        scene.accepted(forward, A, Answer.Phase.RUNNING);

        scene.doneBy(forward, B);
        assertThat(scene.all(Effect.Reply.class)).isEmpty();
        scene.refused(forward, B);
        scene.accepted(forward, B, Answer.Phase.RUNNING);
        assertThat(scene.isQuiet()).isTrue();
        assertThat(scene.counters().lateAnswers()).isEqualTo(3);

        scene.doneBy(forward, A);
        assertThat(scene.only(Effect.Reply.class).placement().path()).containsExactly(ME, A);
    }

    @Test
    void a_node_that_a_peer_handed_the_call_on_to_may_answer_it() {
        Scene scene = forwarding().online(B, 0, 0);
        scene.call(NEVER);
        Effect.Forward forward = scene.sentOut();
        NodeId other = A.equals(forward.target()) ? B : A;

        scene.accepted(forward, other, Answer.Phase.QUEUED).doneBy(forward, other);

        assertThat(scene.only(Effect.Reply.class).placement().path()).containsExactly(ME, other);
    }

    @Test
    void a_call_expires_while_a_peer_has_it() {
        Scene scene = forwarding();
        scene.call(500);
        Effect.Forward forward = scene.sentOut();
        scene.accepted(forward, A, Answer.Phase.RUNNING).pass(500);

        assertThat(scene.replyReason()).isEqualTo(Reason.EXPIRED_AWAY);
        scene.doneBy(forward, A);
        assertThat(scene.all(Effect.Reply.class)).isEmpty();
        assertThat(scene.counters().lateAnswers()).isOne();
    }

    @Test
    void a_refusal_that_comes_after_the_deadline_starts_nothing() {
        Scene scene = forwarding();
        scene.call(500);
        Effect.Forward forward = scene.sentOut();

        scene.passUnnoticed(600).refused(forward, A);

        assertThat(scene.all(Effect.Execute.class)).isEmpty();
        assertThat(scene.replyReason()).isEqualTo(Reason.EXPIRED_AWAY);
    }

    @Test
    void a_caller_may_leave_while_a_peer_has_its_call() {
        Scene scene = forwarding();
        Call call = scene.call(NEVER);
        Effect.Forward forward = scene.sentOut();

        scene.on(new Event.CallerLeft(call.id()));
        assertThat(scene.replyReason()).isEqualTo(Reason.CALLER_LEFT);
        scene.refused(forward, A);
        assertThat(scene.isQuiet()).isTrue();
    }

    @Test
    void a_large_body_is_sent_only_to_who_booked_a_slot_for_it() {
        Scene scene = forwarding();
        scene.call(NEVER, LARGE, true, Routing.POLICY);
        Effect.Forward request = scene.sentOut();
        assertThat(request.withBody()).isFalse();
        scene.sent(request);

        scene.accepted(request, A, Answer.Phase.BOOKED);

        Effect.Forward body = scene.sentOut();
        assertThat(body.withBody()).isTrue();
        assertThat(body.target()).isEqualTo(A);
        assertThat(body.attempt()).isEqualTo(request.attempt());
        assertThat(body.origin()).isEqualTo(request.origin());
        scene.doneBy(body, A);
        assertThat(scene.only(Effect.Reply.class).end().state()).isEqualTo(EndState.DONE);
    }

    @Test
    void a_booking_that_is_confirmed_twice_gets_one_body() {
        Scene scene = forwarding();
        scene.call(NEVER, LARGE, false, Routing.POLICY);
        Effect.Forward request = scene.sentOut();
        scene.accepted(request, A, Answer.Phase.BOOKED);

        scene.accepted(request, A, Answer.Phase.BOOKED);

        assertThat(scene.all(Effect.Forward.class)).isEmpty();
        assertThat(scene.counters().lateAnswers()).isOne();
    }

    @Test
    void a_peer_that_handed_the_call_on_is_not_asked_again_when_the_last_one_refuses() {
        Scene scene = forwarding();
        scene.call(NEVER);
        Effect.Forward forward = scene.sentOut();

        scene.refused(forward, B);

        assertThat(scene.all(Effect.Forward.class)).isEmpty();
        assertThat(scene.all(Effect.Execute.class)).hasSize(1);
    }

    @Test
    void no_call_changes_nodes_more_often_than_the_node_allows() {
        Scene scene = new Scene(Settings.of(1, 0).maxHops(0).build(), new ForwardScheduler(16)).online(A, 0, 0);

        scene.call(NEVER);

        assertThat(scene.all(Effect.Execute.class)).hasSize(1);
        assertThat(scene.counters().policyFaults()).isZero();
    }

    @Test
    void no_call_is_sent_more_often_than_the_node_allows() {
        Scene scene = new Scene(Settings.of(1, 0).maxAttempts(1).build(), new ForwardScheduler(1))
                .online(A, 0, 0)
                .online(B, 0, 0);
        scene.call(NEVER);
        Effect.Forward first = scene.sentOut();

        scene.refused(first, Objects.requireNonNull(first.target()));

        assertThat(scene.all(Effect.Forward.class)).isEmpty();
        assertThat(scene.all(Effect.Execute.class)).hasSize(1);
    }

    @Test
    void a_policy_without_a_queue_does_not_queue_because_a_limit_was_reached() {
        Scene scene = new Scene(Settings.of(1, 5).maxHops(0).build(), new PowerOfNScheduler(1, 0, true, 1))
                .online(A, 0, 0)
                .fill(1);

        scene.call(NEVER);

        assertThat(scene.replyReason()).isEqualTo(Reason.NO_SLOT);
    }

    @Test
    void a_probed_peer_that_died_before_the_decision_is_not_chosen() {
        Scene scene = Scene.of(1, 5, new PowerOfNScheduler(2, 0, true, 1))
                .online(A, 0, 0)
                .online(B, 0, 0);
        scene.on(new Event.Reconfigured(1, 5, new NoScheduler(true))).fill(1);
        scene.on(new Event.Reconfigured(1, 5, new PowerOfNScheduler(2, 0, true, 1)));
        scene.call(NEVER);
        List<Effect.Probe> probes = scene.all(Effect.Probe.class);
        assertThat(probes).hasSize(2);
        scene.on(new Event.ProbeAnswered(probes.get(0).probe(), scene.sample(A, 0, 0)));
        scene.lost(A);

        scene.pass(250);

        assertThat(scene.all(Effect.Forward.class)).isEmpty();
        assertThat(scene.replyReason()).isEqualTo(Reason.NO_SLOT);
        assertThat(scene.counters().policyFaults()).isZero();
    }

    @Test
    void an_answer_to_a_probe_counts_once_and_only_from_who_was_asked() {
        Scene scene = Scene.of(1, 0, new PowerOfNScheduler(1, 0, true, 1)).online(A, 0, 0);
        scene.call(NEVER);
        long probe = scene.only(Effect.Probe.class).probe();

        scene.on(new Event.ProbeAnswered(probe, scene.sample(B, 0, 0)));
        assertThat(scene.isQuiet()).isTrue();
        scene.on(new Event.ProbeAnswered(probe, scene.sample(A, 1, 0)));
        assertThat(scene.all(Effect.Execute.class)).hasSize(1);
        scene.on(new Event.ProbeAnswered(probe, scene.sample(A, 1, 0)));
        assertThat(scene.isQuiet()).isTrue();
    }

    @Test
    void when_the_link_breaks_nobody_waits_for_probes() {
        Scene scene = Scene.of(1, 0, new PowerOfNScheduler(1, 0, true, 1)).online(A, 0, 0);
        scene.call(NEVER);

        scene.on(new Event.LinkDown());

        assertThat(scene.all(Effect.Execute.class)).hasSize(1);
    }

    @Test
    void a_caller_may_leave_while_its_call_waits_for_probes() {
        Scene scene = Scene.of(1, 0, new PowerOfNScheduler(1, 0, true, 1)).online(A, 0, 0);
        Call call = scene.call(NEVER);
        long probe = scene.only(Effect.Probe.class).probe();

        scene.on(new Event.CallerLeft(call.id()));
        assertThat(scene.replyReason()).isEqualTo(Reason.CALLER_LEFT);
        scene.on(new Event.ProbeAnswered(probe, scene.sample(A, 0, 0)));
        assertThat(scene.isQuiet()).isTrue();
    }

    @Test
    void an_overflow_goes_to_the_peer_that_its_sample_says_is_lighter() {
        Scene scene = Scene.of(1, 1, new LeastLoadedSpill(4, 3))
                .online(A, 4, 2)
                .online(B, 1, 0)
                .fill(2);

        scene.call(NEVER);

        assertThat(scene.sentOut().target()).isEqualTo(B);
    }

    @Test
    void an_outcome_without_a_path_still_names_who_had_the_call() {
        Scene scene = forwarding();
        scene.call(NEVER);
        Effect.Forward forward = scene.sentOut();

        scene.on(new Event.ForwardAnswered(
                forward.attempt(),
                new Answer.Ended(A, scene.sample(A, 0, 0), End.of(Reason.FUNCTION_BROKEN), List.of())));

        assertThat(scene.only(Effect.Reply.class).placement().path()).containsExactly(A);
    }
}
