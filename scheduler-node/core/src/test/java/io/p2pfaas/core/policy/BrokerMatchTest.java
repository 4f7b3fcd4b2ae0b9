package io.p2pfaas.core.policy;

import static io.p2pfaas.core.policy.SpillGroup.QUEUE;
import static io.p2pfaas.core.policy.SpillGroup.SLOT;
import static org.assertj.core.api.Assertions.assertThat;

import io.p2pfaas.core.model.Arrival;
import io.p2pfaas.core.model.Reason;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

final class BrokerMatchTest {
    private static final Decision OFFER_TO_SLOTS = new Decision.Offer(SLOT);
    private static final Decision OFFER_TO_QUEUES = new Decision.Offer(QUEUE);
    private static final Decision RUN_OR_WAIT = new Decision.RunHere(true);

    private static Decision eager(CallView call, FakeView view) {
        return new BrokerMatch(false, 3).decide(call, view, new SplittableRandom(1));
    }

    private static Decision lazy(CallView call, FakeView view) {
        return new BrokerMatch(true, 4).decide(call, view, new SplittableRandom(1));
    }

    private static FakeView full() {
        return FakeView.of(4, 4, 2, 2);
    }

    private static FakeView waiting() {
        return FakeView.of(4, 4, 1, 2);
    }

    private static FakeView withoutQueue() {
        return FakeView.of(4, 4, 0, 0);
    }

    @Test
    void a_slot_is_free_here_so_it_runs_here() {
        assertThat(eager(CallBuilder.ofCaller(), FakeView.of(3, 4, 0, 2))).isEqualTo(RUN_OR_WAIT);
    }

    @Test
    void full_publishes_the_call_to_nodes_with_a_slot() {
        assertThat(eager(CallBuilder.ofCaller(), waiting())).isEqualTo(OFFER_TO_SLOTS);
        assertThat(lazy(CallBuilder.ofCaller(), waiting())).isEqualTo(OFFER_TO_SLOTS);
    }

    @Test
    void eager_publishes_again_after_a_refusal_three_times_in_all() {
        CallBuilder call = CallBuilder.ofCaller().refusedBy(SLOT, "a");
        assertThat(eager(call, waiting())).isEqualTo(OFFER_TO_SLOTS);
        assertThat(eager(call.refusedBy(SLOT, "b"), waiting())).isEqualTo(OFFER_TO_SLOTS);
        assertThat(eager(call.refusedBy(SLOT, "c"), waiting())).isEqualTo(RUN_OR_WAIT);
    }

    @Test
    void lazy_publishes_once_since_the_takers_deal_on() {
        assertThat(lazy(CallBuilder.ofCaller().refusedBy(SLOT, "a"), waiting())).isEqualTo(RUN_OR_WAIT);
    }

    @Test
    void a_silent_taker_is_not_an_empty_group() {
        assertThat(eager(CallBuilder.ofCaller().silenceIn(SLOT), waiting())).isEqualTo(OFFER_TO_SLOTS);
    }

    @Test
    void nobody_is_free_so_it_waits_here() {
        assertThat(eager(CallBuilder.ofCaller().nobodyIn(SLOT), waiting())).isEqualTo(RUN_OR_WAIT);
    }

    @Test
    void nobody_is_free_and_the_queue_is_full_so_it_is_offered_to_nodes_with_room_once() {
        CallBuilder call = CallBuilder.ofCaller().nobodyIn(SLOT);
        assertThat(eager(call, full())).isEqualTo(OFFER_TO_QUEUES);
        assertThat(eager(call.refusedBy(QUEUE, "a"), full())).isEqualTo(new Decision.Reject(Reason.NO_TAKER));
    }

    @Test
    void a_cluster_without_queues_is_not_asked_for_places() {
        assertThat(eager(CallBuilder.ofCaller().nobodyIn(SLOT), withoutQueue()))
                .isEqualTo(new Decision.Reject(Reason.NO_TAKER));
    }

    @Test
    void an_eager_taker_that_is_full_by_now_refuses() {
        assertThat(eager(CallBuilder.ofPeer(Arrival.SPILL, 1), waiting()))
                .isEqualTo(new Decision.Reject(Reason.NO_SLOT));
    }

    @Test
    void what_was_dealt_for_a_slot_never_waits_and_what_was_dealt_for_a_place_may() {
        assertThat(lazy(CallBuilder.ofPeer(Arrival.SPILL, 1), FakeView.of(3, 4, 0, 2)))
                .isEqualTo(new Decision.RunHere(false));
        assertThat(lazy(CallBuilder.ofPeer(Arrival.SPILL_QUEUE, 1), waiting())).isEqualTo(RUN_OR_WAIT);
    }

    @Test
    void a_lazy_taker_that_is_full_deals_on_until_the_deals_are_used_up() {
        assertThat(lazy(CallBuilder.ofPeer(Arrival.SPILL, 3), waiting())).isEqualTo(OFFER_TO_SLOTS);
        assertThat(lazy(CallBuilder.ofPeer(Arrival.SPILL, 4), waiting()))
                .isEqualTo(new Decision.Reject(Reason.NO_SLOT));
        assertThat(lazy(CallBuilder.ofPeer(Arrival.SPILL_QUEUE, 1), full())).isEqualTo(OFFER_TO_QUEUES);
    }

    @Test
    void a_lazy_taker_deals_a_call_on_only_once() {
        assertThat(lazy(CallBuilder.ofPeer(Arrival.SPILL, 1).nobodyIn(SLOT), waiting()))
                .isEqualTo(new Decision.Reject(Reason.NO_SLOT));
    }

    @Test
    void what_a_peer_sent_to_this_very_node_is_not_dealt_on() {
        assertThat(lazy(CallBuilder.ofPeer(Arrival.DIRECT, 1), full()))
                .isEqualTo(new Decision.Reject(Reason.QUEUE_FULL));
    }

    @Test
    void a_broker_that_is_gone_slow_or_busy_gets_no_offers() {
        assertThat(eager(CallBuilder.ofCaller(), waiting().linkDown())).isEqualTo(RUN_OR_WAIT);
        assertThat(eager(CallBuilder.ofCaller(), waiting().slowLink())).isEqualTo(RUN_OR_WAIT);
        assertThat(eager(CallBuilder.ofCaller(), full().manyUnacknowledged()))
                .isEqualTo(new Decision.Reject(Reason.QUEUE_FULL));
        assertThat(lazy(CallBuilder.ofPeer(Arrival.SPILL, 1), waiting().slowLink()))
                .isEqualTo(new Decision.Reject(Reason.NO_SLOT));
    }

    @Test
    void it_needs_memberships_and_no_samples() {
        assertThat(new BrokerMatch(true, 4).needs())
                .isEqualTo(new SchedulingPolicy.Needs(false, SchedulingPolicy.Membership.LAZY));
        assertThat(new BrokerMatch(false, 3).needs())
                .isEqualTo(new SchedulingPolicy.Needs(false, SchedulingPolicy.Membership.EAGER));
    }
}
