package io.p2pfaas.core.node;

import static io.p2pfaas.core.node.Scene.A;
import static io.p2pfaas.core.node.Scene.B;
import static io.p2pfaas.core.node.Scene.NEVER;
import static org.assertj.core.api.Assertions.assertThat;

import io.p2pfaas.core.model.Call;
import io.p2pfaas.core.model.NodeId;
import io.p2pfaas.core.model.Reason;
import io.p2pfaas.core.model.Routing;
import io.p2pfaas.core.policy.BrokerMatch;
import io.p2pfaas.core.policy.NoScheduler;
import io.p2pfaas.core.policy.SpillGroup;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** An origin under BrokerMatch: its offers, and its membership in the spill groups. */
final class OfferingTest {
    private static final BrokerMatch EAGER = new BrokerMatch(false, 3);
    private static final BrokerMatch LAZY = new BrokerMatch(true, 4);

    @Test
    void a_node_with_room_joins_both_groups_and_one_without_a_queue_only_the_first() {
        assertThat(Scene.of(1, 1, EAGER).counters().membershipChanges()).isEqualTo(2);
        assertThat(Scene.of(1, 0, LAZY).counters().membershipChanges()).isOne();
    }

    @Test
    void a_node_without_functions_or_about_to_leave_is_in_no_group() {
        Scene scene = Scene.of(1, 1, EAGER);

        assertThat(scene.on(new Event.Draining()).memberships()).containsExactlyInAnyOrder("-SLOT", "-QUEUE");

        scene = Scene.of(1, 1, EAGER);
        assertThat(scene.on(new Event.FunctionsChanged(Set.of())).memberships())
                .containsExactlyInAnyOrder("-SLOT", "-QUEUE");
    }

    @Test
    void an_eager_member_leaves_with_its_last_slot_and_comes_back_with_the_first() {
        Scene scene = Scene.of(1, 1, EAGER);
        Call running = scene.call(NEVER);
        assertThat(scene.memberships()).containsExactly("-SLOT");

        Call offered = scene.call(NEVER);
        scene.nobody(scene.sentOut());
        assertThat(scene.brain().load().queued()).isOne();
        assertThat(scene.memberships()).containsExactly("-QUEUE");

        scene.ended(running);
        assertThat(scene.memberships()).containsExactly("+QUEUE");
        scene.ended(offered);
        assertThat(scene.memberships()).containsExactly("+SLOT");
    }

    @Test
    void a_call_that_is_too_large_for_the_broker_stays_here_and_is_refused_by_that_name_if_there_is_no_room() {
        Scene scene = Scene.of(1, 1, EAGER);
        scene.call(NEVER);

        scene.call(NEVER);
        scene.tooLarge(scene.sentOut());
        assertThat(scene.brain().load().queued()).isOne();

        scene.call(NEVER);
        scene.tooLarge(scene.sentOut());
        assertThat(scene.replyReason()).isEqualTo(Reason.BODY_TOO_LARGE);
        assertThat(scene.all(Effect.Forward.class)).as("nobody else is asked").isEmpty();
    }

    @Test
    void a_lazy_member_stays_until_a_call_finds_no_room() {
        Scene scene = Scene.of(1, 0, LAZY);
        Call running = scene.call(NEVER);
        assertThat(scene.memberships()).isEmpty();

        scene.forward(A, SpillGroup.SLOT.arrival(), NEVER);
        assertThat(scene.memberships()).containsExactly("-SLOT");

        scene.ended(running);
        assertThat(scene.memberships()).containsExactly("+SLOT");
    }

    @Test
    void a_lazy_member_leaves_before_it_offers_lest_it_be_dealt_its_own_offer() {
        Scene scene = Scene.of(1, 0, LAZY).fill(1);

        scene.call(NEVER);

        assertThat(scene.memberships()).containsExactly("-SLOT");
        List<Effect> inOrder = scene.all(Effect.class);
        assertThat(inOrder.indexOf(scene.only(Effect.Membership.class))).isLessThan(inOrder.indexOf(scene.sentOut()));
    }

    @Test
    void membership_versions_rise_with_every_change() {
        Scene scene = Scene.of(1, 0, EAGER);
        Call call = scene.call(NEVER);
        long left = scene.only(Effect.Membership.class).version();

        scene.ended(call);

        assertThat(scene.only(Effect.Membership.class).version()).isGreaterThan(left);
    }

    @Test
    void another_policy_leaves_the_groups() {
        Scene scene = Scene.of(1, 1, EAGER);

        scene.on(new Event.Reconfigured(1, 1, new NoScheduler(false)));

        assertThat(scene.memberships()).containsExactlyInAnyOrder("-SLOT", "-QUEUE");
    }

    @Test
    void what_nobody_takes_waits_here_and_what_finds_the_queue_full_is_offered_to_queues() {
        Scene scene = Scene.of(1, 1, EAGER).fill(1);
        scene.call(NEVER);
        scene.nobody(scene.sentOut());
        assertThat(scene.brain().load().queued()).isOne();

        scene.call(NEVER);
        assertThat(scene.sentOut().group()).isEqualTo(SpillGroup.SLOT);
        scene.nobody(scene.sentOut());
        assertThat(scene.sentOut().group()).isEqualTo(SpillGroup.QUEUE);
        scene.nobody(scene.sentOut());
        assertThat(scene.replyReason()).isEqualTo(Reason.NO_TAKER);
    }

    @Test
    void after_a_refusal_an_own_free_slot_is_used_first() {
        Scene scene = Scene.of(1, 0, EAGER);
        Call running = scene.call(NEVER);
        Call offered = scene.call(NEVER);
        Effect.Forward offer = scene.sentOut();
        scene.ended(running).refused(offer, A);

        assertThat(scene.only(Effect.Execute.class).call()).isEqualTo(offered);
    }

    @Test
    void whoever_accepts_an_offer_first_has_it() {
        Scene scene = Scene.of(1, 1, EAGER).fill(1);
        scene.call(NEVER);
        Effect.Forward offer = scene.sentOut();
        scene.accepted(offer, B, Answer.Phase.QUEUED);

        scene.doneBy(offer, A);
        assertThat(scene.all(Effect.Reply.class)).isEmpty();
        scene.doneBy(offer, B);
        assertThat(scene.only(Effect.Reply.class).placement().path()).endsWith(B);
        assertThat(scene.counters().lateAnswers()).isOne();
    }

    @Test
    void an_eager_origin_offers_three_times_in_all() {
        Scene scene = Scene.of(1, 0, EAGER).fill(1);
        scene.call(NEVER);
        for (int i = 0; i < 2; i++) {
            scene.refused(scene.sentOut(), new NodeId("p" + i));
        }

        scene.refused(scene.sentOut(), A);

        assertThat(scene.replyReason()).isEqualTo(Reason.NO_TAKER);
        assertThat(scene.counters().offersSent()).isEqualTo(3);
    }

    @Test
    void a_taker_that_stays_silent_does_not_mean_that_nobody_is_there() {
        Scene scene = Scene.of(1, 0, EAGER).fill(1);
        scene.call(NEVER);
        scene.sent(scene.sentOut());

        scene.pass(1_000);

        assertThat(scene.sentOut().group()).isEqualTo(SpillGroup.SLOT);
    }

    @Test
    void a_large_body_is_offered_without_it_and_sent_to_who_booked_it() {
        Scene scene = Scene.of(1, 0, EAGER).fill(1);
        scene.call(NEVER, 70_000, true, Routing.POLICY);
        Effect.Forward offer = scene.sentOut();
        assertThat(offer.withBody()).isFalse();

        scene.sent(offer).accepted(offer, A, Answer.Phase.BOOKED);

        Effect.Forward body = scene.sentOut();
        assertThat(body.target()).isEqualTo(A);
        assertThat(body.withBody()).isTrue();
        scene.nobody(body);
        assertThat(scene.sentOut().withBody()).isFalse();
    }

    @Test
    void without_a_link_the_overflow_waits_here_or_is_rejected() {
        Scene scene = Scene.of(1, 1, EAGER).fill(1);
        scene.on(new Event.LinkDown());

        scene.call(NEVER);
        assertThat(scene.brain().load().queued()).isOne();
        scene.call(NEVER);
        assertThat(scene.replyReason()).isEqualTo(Reason.QUEUE_FULL);
    }

    @Test
    void the_time_until_the_broker_acknowledges_is_measured_once_per_offer() {
        Scene scene = Scene.of(1, 0, EAGER).fill(1);
        scene.call(NEVER);
        Effect.Forward offer = scene.sentOut();
        scene.passUnnoticed(10).sent(offer);
        assertThat(scene.brain().linkRoundTripNanos()).isEqualTo(10_000_000);

        scene.passUnnoticed(500).sent(offer);

        assertThat(scene.brain().linkRoundTripNanos()).isEqualTo(10_000_000);
    }

    @Test
    void a_slow_broker_gets_no_offers_until_that_is_forgotten() {
        Scene scene = Scene.of(1, 0, EAGER).fill(1);
        scene.call(NEVER);
        scene.passUnnoticed(400).sent(scene.sentOut());

        scene.call(NEVER);
        assertThat(scene.replyReason()).isEqualTo(Reason.QUEUE_FULL);

        scene.pass(2_000).call(NEVER);
        assertThat(scene.all(Effect.Forward.class)).hasSize(1);
    }
}
