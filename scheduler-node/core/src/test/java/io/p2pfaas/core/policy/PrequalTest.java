package io.p2pfaas.core.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.p2pfaas.core.model.Arrival;
import io.p2pfaas.core.model.NodeId;
import io.p2pfaas.core.model.Reason;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

final class PrequalTest {
    private static final Prequal POLICY = new Prequal(0.84, 2);
    private static final Decision HERE = new Decision.RunHere(true);

    private static Decision decide(CallView call, FakeView view) {
        return POLICY.decide(call, view.about(call), new SplittableRandom(1));
    }

    private static Decision decide(FakeView view) {
        return decide(CallBuilder.ofCaller(), view);
    }

    private static Decision forwardTo(String peer) {
        return new Decision.Forward(new NodeId(peer));
    }

    /** Slots and queue are taken, so this node is no choice. */
    private static FakeView full() {
        return FakeView.of(4, 4, 4, 4).latency(100);
    }

    @Test
    void the_fastest_of_the_cold_ones_is_taken_though_another_has_less_to_do() {
        FakeView view = full().peer("n2", 1, 0, 10, 90).peer("n3", 2, 0, 10, 30).peer("n4", 6, 0, 10, 25);
        assertThat(decide(view)).isEqualTo(forwardTo("n3"));
    }

    @Test
    void of_nearly_equal_latencies_the_less_loaded_node_is_taken() {
        FakeView view = full().peer("n2", 1, 0, 10, 40).peer("n3", 2, 0, 10, 30).peer("n4", 6, 0, 10, 25);
        assertThat(decide(view)).isEqualTo(forwardTo("n2"));
    }

    @Test
    void if_all_are_hot_the_one_with_the_least_in_flight_is_taken_whatever_its_latency() {
        CallView call = CallBuilder.ofCaller();
        FakeView view = full().peer("n2", 3, 1, 10, 10).peer("n3", 2, 1, 10, 200);
        assertThat(new Prequal(0, 2).decide(call, view, new SplittableRandom(1)))
                .isEqualTo(forwardTo("n3"));
        FakeView equal = full().peer("n2", 3, 0, 10, 200).peer("n3", 3, 0, 10, 10);
        assertThat(decide(equal)).isEqualTo(forwardTo("n2"));
    }

    @Test
    void a_free_slot_here_is_used_unless_a_peer_is_twice_as_fast() {
        assertThat(decide(FakeView.of(1, 4, 0, 4).latency(100).peer("n2", 0, 0, 10, 60)))
                .isEqualTo(HERE);
        assertThat(decide(FakeView.of(1, 4, 0, 4).latency(100).peer("n2", 0, 0, 10, 50)))
                .isEqualTo(forwardTo("n2"));
        assertThat(decide(FakeView.of(1, 4, 0, 4).latency(100).peer("n2", 0, 0, 10, -1)))
                .isEqualTo(HERE);
    }

    @Test
    void a_sample_that_was_used_up_is_not_in_the_pool_and_one_that_is_old_for_want_of_news_is() {
        assertThat(decide(full().peer("n2", 0, 0, 2_900, 10).peer("n3", 3, 0, 1_000, 90)))
                .isEqualTo(forwardTo("n2"));
        assertThat(decide(full().peer("n2", 0, 2, 10, 10).peer("n3", 2, 1, 10, 90)))
                .isEqualTo(forwardTo("n3"));
    }

    @Test
    void a_peer_without_room_is_chosen_only_if_nobody_has_any() {
        assertThat(decide(full().peer("n2", 7, 1, 10, 10).peer("n3", 7, 0, 10, 90)))
                .isEqualTo(forwardTo("n3"));
        assertThat(decide(full().peer("n2", 7, 1, 10, 10))).isEqualTo(forwardTo("n2"));
        assertThat(decide(FakeView.of(4, 4, 3, 4).latency(100).peer("n2", 8, 0, 10, 10)))
                .isEqualTo(HERE);
        assertThat(decide(CallBuilder.ofCaller().refusedBy("n2"), full().peer("n2", 8, 0, 10, 10)))
                .isEqualTo(new Decision.Reject(Reason.NO_TAKER));
    }

    @Test
    void an_unknown_latency_counts_as_the_longest() {
        FakeView view = full().peer("n2", 0, 0, 10, -1).peer("n3", 1, 0, 10, 30).peer("n4", 2, 0, 10, 90);
        assertThat(decide(view)).isEqualTo(forwardTo("n3"));
    }

    @Test
    void it_waits_here_when_that_is_best() {
        assertThat(decide(FakeView.of(4, 4, 0, 4).latency(50).peer("n2", 7, 0, 10, 200)))
                .isEqualTo(HERE);
    }

    @Test
    void peers_calls_stay_and_nothing_leaves_without_the_link_or_after_three_attempts() {
        assertThat(decide(CallBuilder.ofPeer(Arrival.DIRECT, 1), full().peer("n2", 0, 0, 10, 10)))
                .isEqualTo(HERE);
        assertThat(decide(full().peer("n2", 0, 0, 10, 10).linkDown())).isEqualTo(HERE);
        CallView tired = CallBuilder.ofCaller().refusedBy("a").refusedBy("b").refusedBy("c");
        assertThat(decide(tired, full().peer("n2", 0, 0, 10, 10))).isEqualTo(new Decision.Reject(Reason.NO_TAKER));
    }
}
