package io.p2pfaas.core.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.p2pfaas.core.model.Arrival;
import io.p2pfaas.core.model.NodeId;
import io.p2pfaas.core.model.Reason;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

final class JoinIdleQueueTest {
    private static final Decision RUN_OR_WAIT = new Decision.RunHere(true);

    private static Decision decide(CallView call, FakeView view) {
        return new JoinIdleQueue(3).decide(call, view.about(call), new SplittableRandom(1));
    }

    private static Decision forwardTo(String peer) {
        return new Decision.Forward(new NodeId(peer));
    }

    private static FakeView full() {
        return FakeView.of(4, 4, 0, 0);
    }

    @Test
    void a_free_slot_is_used_whatever_tokens_there_are() {
        assertThat(decide(
                        CallBuilder.ofCaller(),
                        FakeView.of(3, 4, 0, 0).peer("a", 0, 0).token("a")))
                .isEqualTo(RUN_OR_WAIT);
    }

    @Test
    void a_full_node_sends_the_call_to_the_giver_of_its_newest_token() {
        FakeView view = full().peer("a", 1, 0).peer("b", 3, 0).token("a").token("b");
        assertThat(decide(CallBuilder.ofCaller(), view)).isEqualTo(forwardTo("b"));
    }

    @Test
    void a_refusal_leads_to_the_next_token_and_then_to_anybody() {
        FakeView view = full().peer("a", 1, 0).peer("b", 4, 0).unknownPeer("c").token("a");
        assertThat(decide(CallBuilder.ofCaller().refusedBy("b"), view)).isEqualTo(forwardTo("a"));
        assertThat(decide(CallBuilder.ofCaller().refusedBy("b").refusedBy("a"), view))
                .isEqualTo(forwardTo("c"));
    }

    @Test
    void without_a_token_it_waits_while_there_is_a_place() {
        FakeView view = FakeView.of(4, 4, 3, 4).peer("a", 0, 0);
        assertThat(decide(CallBuilder.ofCaller(), view)).isEqualTo(RUN_OR_WAIT);
        assertThat(decide(CallBuilder.ofCaller().refusedBy("a"), view)).isEqualTo(RUN_OR_WAIT);
    }

    @Test
    void a_token_is_better_than_waiting() {
        FakeView view = FakeView.of(4, 4, 1, 4).peer("a", 0, 0).token("a");
        assertThat(decide(CallBuilder.ofCaller(), view)).isEqualTo(forwardTo("a"));
    }

    @Test
    void after_the_last_attempt_it_is_rejected_unless_there_is_a_place_by_now() {
        CallBuilder call = CallBuilder.ofCaller().refusedBy("a").refusedBy("b").refusedBy("c");
        assertThat(decide(call, full().unknownPeer("d"))).isEqualTo(new Decision.Reject(Reason.NO_TAKER));
        assertThat(decide(call, FakeView.of(4, 4, 3, 4).unknownPeer("d"))).isEqualTo(RUN_OR_WAIT);
    }

    @Test
    void alone_or_cut_off_it_decides_for_itself() {
        assertThat(decide(CallBuilder.ofCaller(), full())).isEqualTo(RUN_OR_WAIT);
        assertThat(decide(
                        CallBuilder.ofCaller(),
                        full().peer("a", 0, 0).token("a").linkDown()))
                .isEqualTo(RUN_OR_WAIT);
    }

    @Test
    void a_full_taker_refuses_what_its_sender_can_keep_and_lets_the_rest_wait() {
        CallBuilder call = CallBuilder.ofPeer(Arrival.DIRECT, 1);
        FakeView taker = FakeView.of(4, 4, 0, 4);
        assertThat(decide(call, taker.peer("from0", 7, 0))).isEqualTo(new Decision.Reject(Reason.NO_SLOT));
        assertThat(decide(call, FakeView.of(4, 4, 0, 4).peer("from0", 8, 0))).isEqualTo(RUN_OR_WAIT);
        assertThat(decide(call, FakeView.of(4, 4, 0, 4).unknownPeer("from0"))).isEqualTo(RUN_OR_WAIT);
    }

    @Test
    void a_taker_never_hands_on() {
        CallBuilder call = CallBuilder.ofPeer(Arrival.DIRECT, 1);
        assertThat(decide(call, full().peer("from0", 8, 0).peer("a", 0, 0).token("a")))
                .isEqualTo(RUN_OR_WAIT);
    }
}
