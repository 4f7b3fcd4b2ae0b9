package io.p2pfaas.core.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.p2pfaas.core.model.Arrival;
import io.p2pfaas.core.model.Reason;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

final class PullFromQueueTest {
    private static final Decision RUN_OR_WAIT = new Decision.RunHere(true);

    private static Decision decide(CallView call, FakeView view) {
        return new PullFromQueue().decide(call, view, new SplittableRandom(1));
    }

    @Test
    void a_callers_call_runs_or_waits_where_it_came_whoever_is_idle() {
        assertThat(decide(CallBuilder.ofCaller(), FakeView.of(0, 4, 0, 4))).isEqualTo(RUN_OR_WAIT);
        assertThat(decide(CallBuilder.ofCaller(), FakeView.of(4, 4, 3, 4).peer("a", 0, 0)))
                .isEqualTo(RUN_OR_WAIT);
    }

    @Test
    void a_call_that_was_handed_over_goes_back_to_its_place_if_the_slot_is_gone() {
        CallBuilder call = CallBuilder.ofPeer(Arrival.DIRECT, 1);
        assertThat(decide(call, FakeView.of(3, 4, 0, 4).peer("from0", 6, 0))).isEqualTo(RUN_OR_WAIT);
        assertThat(decide(call, FakeView.of(4, 4, 0, 4).peer("from0", 6, 0)))
                .isEqualTo(new Decision.Reject(Reason.NO_SLOT));
    }

    @Test
    void a_call_that_was_sent_without_being_asked_for_may_wait() {
        CallBuilder call = CallBuilder.ofPeer(Arrival.DIRECT, 1);
        assertThat(decide(call, FakeView.of(4, 4, 0, 4).peer("from0", 2, 0))).isEqualTo(RUN_OR_WAIT);
        assertThat(decide(call, FakeView.of(4, 4, 0, 4).unknownPeer("from0"))).isEqualTo(RUN_OR_WAIT);
    }
}
