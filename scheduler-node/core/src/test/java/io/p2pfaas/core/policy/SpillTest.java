package io.p2pfaas.core.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.p2pfaas.core.model.Arrival;
import io.p2pfaas.core.model.NodeId;
import io.p2pfaas.core.model.Reason;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** The plain ways to share: by lot, to the least loaded, as the broker deals. */
final class SpillTest {
    private static final Decision RUN_OR_WAIT = new Decision.RunHere(true);
    private static final Decision NOBODY = new Decision.Reject(Reason.NO_TAKER);
    private static final Decision DEAL = new Decision.Offer(SpillGroup.SLOT);

    private static Decision decide(SchedulingPolicy policy, CallView call, FakeView view) {
        return policy.decide(call, view.about(call), new SplittableRandom(1));
    }

    private static Decision forwardTo(String peer) {
        return new Decision.Forward(new NodeId(peer));
    }

    private static FakeView full() {
        return FakeView.of(4, 4, 2, 2);
    }

    @Test
    void random_spill_keeps_what_finds_a_slot_or_a_place() {
        RandomSpill policy = new RandomSpill(2);
        assertThat(decide(
                        policy, CallBuilder.ofCaller(), FakeView.of(3, 4, 0, 2).unknownPeer("a")))
                .isEqualTo(RUN_OR_WAIT);
        assertThat(decide(
                        policy, CallBuilder.ofCaller(), FakeView.of(4, 4, 1, 2).unknownPeer("a")))
                .isEqualTo(RUN_OR_WAIT);
    }

    @Test
    void random_spill_tries_one_peer_after_the_other_and_then_gives_up() {
        RandomSpill policy = new RandomSpill(2);
        CallBuilder call = CallBuilder.ofCaller();
        assertThat(decide(policy, call, full().unknownPeer("a").unknownPeer("b")))
                .isEqualTo(forwardTo("a"));
        assertThat(decide(policy, call.refusedBy("a"), full().unknownPeer("a").unknownPeer("b")))
                .isEqualTo(forwardTo("b"));
        assertThat(decide(
                        policy,
                        call.refusedBy("b"),
                        full().unknownPeer("a").unknownPeer("b").unknownPeer("c")))
                .isEqualTo(NOBODY);
    }

    @Test
    void random_spill_takes_a_place_that_became_free_meanwhile() {
        assertThat(decide(new RandomSpill(1), CallBuilder.ofCaller().refusedBy("a"), FakeView.of(4, 4, 1, 2)))
                .isEqualTo(RUN_OR_WAIT);
    }

    @Test
    void a_peers_call_is_not_spilled_again() {
        CallView call = CallBuilder.ofPeer(Arrival.DIRECT, 1);
        assertThat(decide(new RandomSpill(2), call, full().unknownPeer("a"))).isEqualTo(RUN_OR_WAIT);
        assertThat(decide(new LeastLoaded(2), call, full().peer("a", 0, 0))).isEqualTo(RUN_OR_WAIT);
        assertThat(decide(new SharedSubscription(2), call, full())).isEqualTo(RUN_OR_WAIT);
    }

    @Test
    void least_loaded_moves_a_call_even_off_a_node_with_free_slots() {
        LeastLoaded policy = new LeastLoaded(2);
        FakeView view = FakeView.of(1, 4, 0, 2).peer("a", 2, 0).peer("b", 0, 0).peer("c", 0, 0);
        assertThat(decide(policy, CallBuilder.ofCaller(), view)).isEqualTo(forwardTo("b"));
    }

    @Test
    void least_loaded_stays_when_moving_gains_nothing() {
        LeastLoaded policy = new LeastLoaded(2);
        assertThat(decide(
                        policy, CallBuilder.ofCaller(), FakeView.of(1, 4, 0, 2).peer("a", 1, 0)))
                .isEqualTo(RUN_OR_WAIT);
        assertThat(decide(
                        policy, CallBuilder.ofCaller(), FakeView.of(1, 4, 0, 2).peer("a", 0, 1)))
                .isEqualTo(RUN_OR_WAIT);
        assertThat(decide(
                        policy, CallBuilder.ofCaller(), FakeView.of(4, 4, 0, 2).unknownPeer("a")))
                .isEqualTo(RUN_OR_WAIT);
    }

    @Test
    void least_loaded_looks_at_others_after_a_refusal() {
        FakeView view = FakeView.of(3, 4, 0, 2).peer("a", 0, 0).peer("b", 2, 0);
        assertThat(decide(new LeastLoaded(2), CallBuilder.ofCaller().refusedBy("a"), view))
                .isEqualTo(forwardTo("b"));
    }

    @Test
    void shared_subscription_deals_what_finds_no_slot_as_often_as_it_may() {
        SharedSubscription policy = new SharedSubscription(2);
        CallBuilder call = CallBuilder.ofCaller();
        assertThat(decide(policy, call, FakeView.of(3, 4, 0, 0))).isEqualTo(RUN_OR_WAIT);
        FakeView busy = FakeView.of(4, 4, 0, 0);
        assertThat(decide(policy, call, busy)).isEqualTo(DEAL);
        assertThat(decide(policy, call.refusedBy(SpillGroup.SLOT, "a"), busy)).isEqualTo(DEAL);
        assertThat(decide(policy, call.refusedBy(SpillGroup.SLOT, "a"), busy)).isEqualTo(NOBODY);
    }

    @Test
    void a_deal_that_comes_straight_back_is_not_an_attempt() {
        SharedSubscription policy = new SharedSubscription(1);
        CallBuilder call = CallBuilder.ofCaller().refusedBy(SpillGroup.SLOT, "me");
        assertThat(decide(policy, call, FakeView.of(4, 4, 0, 0))).isEqualTo(DEAL);
    }

    @Test
    void shared_subscription_waits_here_when_nobody_takes_it() {
        SharedSubscription policy = new SharedSubscription(1);
        CallBuilder call = CallBuilder.ofCaller().refusedBy(SpillGroup.SLOT, "a");
        assertThat(decide(policy, call, FakeView.of(4, 4, 1, 2))).isEqualTo(RUN_OR_WAIT);
        assertThat(decide(policy, CallBuilder.ofCaller().nobodyIn(SpillGroup.SLOT), FakeView.of(4, 4, 2, 2)))
                .isEqualTo(RUN_OR_WAIT);
    }
}
