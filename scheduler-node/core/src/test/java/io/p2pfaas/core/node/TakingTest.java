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
import io.p2pfaas.core.model.Payload;
import io.p2pfaas.core.model.Reason;
import io.p2pfaas.core.model.Routing;
import io.p2pfaas.core.policy.BrokerMatch;
import io.p2pfaas.core.policy.NoScheduler;
import io.p2pfaas.core.policy.SpillGroup;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a node does with calls that peers or the broker hand to it. */
final class TakingTest {
    private static final Origin FROM_A = Scene.originOf(A);

    private static Answer.Phase phase(Answer answer) {
        return ((Answer.Accepted) answer).phase();
    }

    private static Reason refusal(Answer answer) {
        return ((Answer.Refused) answer).reason();
    }

    @Test
    void a_short_call_costs_one_answer() {
        Scene scene = Scene.of(1, 0, new NoScheduler(true));
        Call call = scene.forward(A, Arrival.DIRECT, NEVER);
        assertThat(scene.all(Effect.AnswerOrigin.class)).isEmpty();

        scene.pass(49).ended(call);

        Answer.Ended ended = (Answer.Ended) scene.answer();
        assertThat(ended.path()).containsExactly(A, ME);
        assertThat(scene.only(Effect.AnswerOrigin.class).origin()).isEqualTo(FROM_A);
    }

    @Test
    void a_longer_call_is_confirmed_once_after_the_accept_delay() {
        Scene scene = Scene.of(1, 0, new NoScheduler(true));
        scene.forward(A, Arrival.DIRECT, NEVER);

        assertThat(phase(scene.pass(50).answer())).isEqualTo(Answer.Phase.RUNNING);
        assertThat(scene.pass(900).all(Effect.AnswerOrigin.class)).isEmpty();
    }

    @Test
    void a_waiting_call_is_confirmed_as_queued_and_again_when_it_runs() {
        Scene scene = Scene.of(1, 1, new NoScheduler(false));
        Call own = scene.call(NEVER);
        scene.forward(A, Arrival.DIRECT, NEVER);

        assertThat(phase(scene.pass(50).answer())).isEqualTo(Answer.Phase.QUEUED);
        assertThat(phase(scene.ended(own).answer())).isEqualTo(Answer.Phase.RUNNING);
    }

    @Test
    void a_full_node_refuses_at_once_and_says_how_full_it_is() {
        Scene scene = Scene.of(1, 0, new NoScheduler(true)).fill(1);

        scene.forward(A, Arrival.DIRECT, NEVER);

        assertThat(refusal(scene.answer())).isEqualTo(Reason.NO_SLOT);
        assertThat(scene.answer().sample().load().running()).isOne();
    }

    @Test
    void a_peers_call_that_expires_here_is_told_to_its_origin() {
        Scene scene = Scene.of(1, 1, new NoScheduler(false)).fill(1);
        scene.forward(A, Arrival.DIRECT, 40);

        scene.pass(40);

        assertThat(((Answer.Ended) scene.answer()).end().reason()).isEqualTo(Reason.EXPIRED_QUEUED);
    }

    @Test
    void a_booked_slot_is_taken_by_the_body_and_counted_as_one_call() {
        Scene scene = Scene.of(1, 0, new NoScheduler(true));
        scene.forward(A, Arrival.SPILL, NEVER, true, FROM_A);
        assertThat(phase(scene.answer())).isEqualTo(Answer.Phase.BOOKED);
        assertThat(scene.answer().sample().load().running()).isOne();
        assertThat(scene.all(Effect.Execute.class)).isEmpty();

        Call body = scene.forward(A, Arrival.DIRECT, NEVER, false, FROM_A);
        assertThat(scene.only(Effect.Execute.class).call()).isEqualTo(body);
        scene.ended(body);

        assertThat(scene.counters().receivedFrom(true)).isOne();
        assertThat(scene.counters().endedIn(EndState.DONE, true)).isOne();
        assertThat(scene.brain().load().running()).isZero();
    }

    @Test
    void a_booked_slot_is_free_again_if_the_body_does_not_come() {
        Scene scene = Scene.of(1, 0, new NoScheduler(true));
        scene.forward(A, Arrival.SPILL, NEVER, true, FROM_A);

        scene.pass(2_000);

        assertThat(scene.brain().load().running()).isZero();
        assertThat(scene.counters().notDone(Reason.BOOKING_LAPSED)).isOne();
        assertThat(scene.all(Effect.AnswerOrigin.class)).isEmpty();
    }

    @Test
    void a_booking_that_is_asked_for_twice_is_one_booking() {
        Scene scene = Scene.of(2, 0, new NoScheduler(true));
        scene.forward(A, Arrival.SPILL, NEVER, true, FROM_A);

        // Straight into the brain: a call that is ignored as a repetition is none that the referee should expect.
        Call again = scene.newCall(Arrival.SPILL, List.of(A), NEVER, 100, true, Routing.POLICY, Scene.F);
        List<Effect> effects = scene.brain().on(new Event.ForwardArrived(again, FROM_A, true), scene.nowNanos());

        assertThat(effects).noneMatch(Effect.Execute.class::isInstance);
        assertThat(scene.brain().load().running()).isOne();
        assertThat(scene.counters().receivedFrom(true)).isOne();
    }

    @Test
    void a_body_that_comes_after_its_deadline_gives_the_slot_back() {
        Scene scene = Scene.of(1, 0, new NoScheduler(true));
        scene.forward(A, Arrival.SPILL, NEVER, true, FROM_A);

        scene.forward(A, Arrival.DIRECT, 0, false, FROM_A);

        assertThat(scene.all(Effect.Execute.class)).isEmpty();
        assertThat(((Answer.Ended) scene.answer()).end().state()).isEqualTo(EndState.EXPIRED);
        assertThat(scene.brain().load().running()).isZero();
    }

    @Test
    void who_may_not_wait_books_no_place_in_the_queue() {
        Scene scene = Scene.of(1, 3, new NoScheduler(true)).fill(1);

        scene.forward(A, Arrival.DIRECT, NEVER, true, FROM_A);

        assertThat(refusal(scene.answer())).isEqualTo(Reason.NO_SLOT);
    }

    @Test
    void who_may_wait_is_told_to_send_its_body_and_takes_its_chance() {
        Scene scene = Scene.of(1, 3, new NoScheduler(false)).fill(1);
        scene.forward(A, Arrival.DIRECT, NEVER, true, FROM_A);
        assertThat(phase(scene.answer())).isEqualTo(Answer.Phase.BOOKED);

        scene.forward(A, Arrival.DIRECT, NEVER, false, FROM_A);

        assertThat(scene.brain().load().queued()).isOne();
        assertThat(scene.counters().handedOnCalls()).isOne();
    }

    @Test
    void a_lazy_taker_deals_a_call_on_and_is_done_with_it_when_the_broker_has_it() {
        Scene scene = Scene.of(1, 0, new BrokerMatch(true, 4)).fill(1);
        scene.forward(A, Arrival.SPILL, NEVER);

        Effect.Forward offer = scene.sentOut();
        assertThat(offer.group()).isEqualTo(SpillGroup.SLOT);
        assertThat(offer.origin()).isEqualTo(FROM_A);
        assertThat(offer.path()).containsExactly(A, ME);
        assertThat(scene.memberships()).containsExactly("-SLOT");

        scene.sent(offer);
        assertThat(scene.all(Effect.AnswerOrigin.class)).isEmpty();
        assertThat(scene.counters().handedOnCalls()).isOne();
        assertThat(scene.counters().inFlightFrom(true)).isZero();
    }

    @Test
    void the_last_taker_of_a_chain_of_three_answers_the_origin_itself() {
        Scene scene = Scene.of(1, 0, new BrokerMatch(true, 4));
        Call call = scene.newCall(Arrival.SPILL, List.of(A, B), NEVER, 1, true, Routing.POLICY, Scene.F);
        scene.on(new Event.ForwardArrived(call, FROM_A, false)).ended(call);

        assertThat(((Answer.Ended) scene.answer()).path()).containsExactly(A, B, ME);
        assertThat(scene.only(Effect.AnswerOrigin.class).origin().node()).isEqualTo(A);
    }

    @Test
    void when_the_deals_are_used_up_the_origin_hears_a_refusal() {
        Scene scene = Scene.of(1, 0, new BrokerMatch(true, 2)).fill(1);

        Call call = scene.newCall(Arrival.SPILL, List.of(A, B), NEVER, 1, true, Routing.POLICY, Scene.F);
        scene.on(new Event.ForwardArrived(call, FROM_A, false));

        assertThat(refusal(scene.answer())).isEqualTo(Reason.NO_SLOT);
    }

    @Test
    void when_nobody_takes_what_was_dealt_on_the_origin_hears_a_refusal() {
        Scene scene = Scene.of(1, 0, new BrokerMatch(true, 4)).fill(1);
        scene.forward(A, Arrival.SPILL, NEVER);

        scene.nobody(scene.sentOut());

        assertThat(scene.answer()).isInstanceOf(Answer.Refused.class);
    }

    @Test
    void when_the_link_breaks_before_the_broker_has_a_dealt_call_it_is_refused() {
        Scene scene = Scene.of(1, 0, new BrokerMatch(true, 4)).fill(1);
        scene.forward(A, Arrival.SPILL, NEVER);

        scene.on(new Event.LinkDown());

        assertThat(scene.answer()).isInstanceOf(Answer.Refused.class);
    }

    @Test
    void an_eager_taker_sends_a_call_back() {
        Scene scene = Scene.of(1, 0, new BrokerMatch(false, 3)).fill(1);

        scene.forward(A, Arrival.SPILL, NEVER);

        assertThat(refusal(scene.answer())).isEqualTo(Reason.NO_SLOT);
    }

    @Test
    void a_probe_is_answered_with_the_load_of_the_moment() {
        Scene scene = Scene.of(4, 0, new NoScheduler(true)).fill(3);

        scene.on(new Event.ProbeArrived(Payload.NONE));

        assertThat(scene.only(Effect.AnswerProbe.class).sample().load().running())
                .isEqualTo(3);
    }

    @Test
    void samples_are_numbered_in_the_order_in_which_they_are_taken() {
        Scene scene = Scene.of(4, 0, new NoScheduler(true));
        NodeId self = scene.on(new Event.ProbeArrived(Payload.NONE))
                .only(Effect.AnswerProbe.class)
                .sample()
                .node();
        long first = scene.only(Effect.AnswerProbe.class).sample().seq();
        scene.on(new Event.ProbeArrived(Payload.NONE));

        assertThat(self).isEqualTo(ME);
        assertThat(scene.only(Effect.AnswerProbe.class).sample().seq()).isGreaterThan(first);
    }
}
