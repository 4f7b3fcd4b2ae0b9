package io.p2pfaas.core.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.p2pfaas.core.model.Arrival;
import io.p2pfaas.core.model.NodeId;
import io.p2pfaas.core.model.Reason;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

final class LeastLoadedSpillTest {
    private static final Decision RUN_OR_WAIT = new Decision.RunHere(true);

    private static Decision decide(CallView call, FakeView view) {
        return new LeastLoadedSpill(4, 3).decide(call, view.about(call), new SplittableRandom(1));
    }

    private static Decision forwardTo(String peer) {
        return new Decision.Forward(new NodeId(peer));
    }

    /** Load 5 of 8. */
    private static FakeView waiting() {
        return FakeView.of(4, 4, 1, 4);
    }

    private static FakeView full() {
        return FakeView.of(4, 4, 4, 4);
    }

    @Test
    void below_the_threshold_it_runs_here() {
        assertThat(decide(CallBuilder.ofCaller(), FakeView.of(3, 4, 0, 4).peer("a", 0, 0)))
                .isEqualTo(RUN_OR_WAIT);
    }

    @Test
    void the_least_loaded_of_four_gets_it() {
        FakeView view =
                waiting().peer("a", 4, 0).peer("b", 3, 0).peer("c", 6, 0).peer("d", 4, 0);
        assertThat(decide(CallBuilder.ofCaller(), view)).isEqualTo(forwardTo("b"));
    }

    @Test
    void own_forwards_that_no_sample_shows_yet_count_as_load() {
        FakeView view = waiting().peer("a", 4, 0).peer("b", 3, 2).peer("c", 6, 0);
        assertThat(decide(CallBuilder.ofCaller(), view)).isEqualTo(forwardTo("a"));
    }

    @Test
    void only_four_are_looked_at() {
        FakeView view = waiting()
                .peer("a", 4, 0)
                .peer("b", 4, 0)
                .peer("c", 4, 0)
                .peer("d", 4, 0)
                .peer("e", 0, 0);
        assertThat(decide(CallBuilder.ofCaller(), view)).isEqualTo(forwardTo("a"));
    }

    @Test
    void nobody_is_lighter_so_it_waits_here() {
        FakeView view = waiting().peer("a", 5, 0).peer("b", 6, 0);
        assertThat(decide(CallBuilder.ofCaller(), view)).isEqualTo(RUN_OR_WAIT);
    }

    @Test
    void loss_is_certain_here_so_the_best_gets_it_anyway() {
        FakeView view = full().peer("a", 8, 1).peer("b", 8, 0);
        assertThat(decide(CallBuilder.ofCaller(), view)).isEqualTo(forwardTo("b"));
    }

    @Test
    void a_peer_runs_or_refuses_and_never_sends_on() {
        assertThat(decide(
                        CallBuilder.ofPeer(Arrival.DIRECT, 1),
                        full().peer("a", 0, 0).peer("b", 0, 0)))
                .isEqualTo(RUN_OR_WAIT);
    }

    @Test
    void after_a_refusal_the_next_best_gets_it_and_after_three_it_is_rejected() {
        FakeView view = full().peer("a", 0, 0).peer("b", 1, 0).peer("c", 2, 0);
        CallBuilder call = CallBuilder.ofCaller().refusedBy("a");
        assertThat(decide(call, view)).isEqualTo(forwardTo("b"));
        assertThat(decide(call.refusedBy("b").refusedBy("c"), view)).isEqualTo(new Decision.Reject(Reason.NO_TAKER));
    }

    @Test
    void the_last_try_is_a_local_one() {
        CallBuilder call = CallBuilder.ofCaller().refusedBy("a").refusedBy("b").refusedBy("c");
        assertThat(decide(call, waiting())).isEqualTo(RUN_OR_WAIT);
    }

    @Test
    void with_fewer_than_two_samples_it_waits_here_first_and_then_tries_unseen() {
        assertThat(decide(CallBuilder.ofCaller(), waiting().unknownPeer("a").unknownPeer("b")))
                .isEqualTo(RUN_OR_WAIT);
        assertThat(decide(CallBuilder.ofCaller(), full().unknownPeer("a").unknownPeer("b")))
                .isEqualTo(forwardTo("a"));
    }

    @Test
    void alone_it_waits_or_is_refused_here() {
        assertThat(decide(CallBuilder.ofCaller(), full())).isEqualTo(RUN_OR_WAIT);
        assertThat(decide(CallBuilder.ofCaller(), full().peer("a", 0, 0).linkDown()))
                .isEqualTo(RUN_OR_WAIT);
    }
}
