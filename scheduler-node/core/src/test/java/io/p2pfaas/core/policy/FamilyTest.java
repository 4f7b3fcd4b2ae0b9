package io.p2pfaas.core.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.p2pfaas.core.model.Arrival;
import io.p2pfaas.core.model.NodeId;
import io.p2pfaas.core.model.Reason;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** The P2PFaaS family. */
final class FamilyTest {
    private static final Decision RUN_OR_WAIT = new Decision.RunHere(true);
    private static final Decision RUN_OR_REFUSE = new Decision.RunHere(false);

    private static Decision decide(SchedulingPolicy policy, CallView call, FakeView view) {
        return policy.decide(call, view.about(call), new SplittableRandom(1));
    }

    private static Decision forwardTo(String peer) {
        return new Decision.Forward(new NodeId(peer));
    }

    @Test
    void no_scheduler_with_loss_rejects_what_finds_no_slot() {
        NoScheduler policy = new NoScheduler(true);
        assertThat(decide(policy, CallBuilder.ofCaller(), FakeView.of(3, 4, 0, 4)))
                .isEqualTo(RUN_OR_REFUSE);
        assertThat(decide(policy, CallBuilder.ofCaller(), FakeView.of(4, 4, 0, 4)))
                .isEqualTo(new Decision.Reject(Reason.NO_SLOT));
    }

    @Test
    void no_scheduler_without_loss_lets_calls_wait() {
        assertThat(decide(new NoScheduler(false), CallBuilder.ofCaller(), FakeView.of(4, 4, 4, 4)))
                .isEqualTo(RUN_OR_WAIT);
    }

    @Test
    void reject_scheduler_rejects() {
        assertThat(decide(new RejectScheduler(), CallBuilder.ofCaller(), FakeView.of(0, 4, 0, 4)))
                .isEqualTo(new Decision.Reject(Reason.DELIBERATE));
    }

    @Test
    void forward_scheduler_forwards_below_the_hop_limit_and_then_runs() {
        ForwardScheduler policy = new ForwardScheduler(2);
        FakeView view = FakeView.of(0, 4, 0, 4).unknownPeer("a");
        assertThat(decide(policy, CallBuilder.ofCaller(), view)).isEqualTo(forwardTo("a"));
        assertThat(decide(policy, CallBuilder.ofPeer(Arrival.DIRECT, 1), view)).isEqualTo(forwardTo("a"));
        assertThat(decide(policy, CallBuilder.ofPeer(Arrival.DIRECT, 2), view)).isEqualTo(RUN_OR_WAIT);
    }

    @Test
    void forward_scheduler_runs_here_when_there_is_nobody_else() {
        assertThat(decide(new ForwardScheduler(1), CallBuilder.ofCaller(), FakeView.of(0, 4, 0, 4)))
                .isEqualTo(RUN_OR_WAIT);
        assertThat(decide(
                        new ForwardScheduler(1),
                        CallBuilder.ofCaller().refusedBy("a"),
                        FakeView.of(0, 4, 0, 4).unknownPeer("a")))
                .isEqualTo(RUN_OR_WAIT);
    }

    @Test
    void power_of_n_runs_here_below_the_threshold_or_at_the_hop_limit() {
        PowerOfNScheduler policy = new PowerOfNScheduler(2, 3, false, 1);
        assertThat(decide(
                        policy, CallBuilder.ofCaller(), FakeView.of(2, 4, 0, 4).peer("a", 0, 0)))
                .isEqualTo(RUN_OR_WAIT);
        assertThat(decide(
                        policy,
                        CallBuilder.ofPeer(Arrival.DIRECT, 1),
                        FakeView.of(4, 4, 0, 4).peer("a", 0, 0)))
                .isEqualTo(RUN_OR_WAIT);
    }

    @Test
    void power_of_n_probes_f_peers_once() {
        PowerOfNScheduler policy = new PowerOfNScheduler(2, 3, false, 1);
        FakeView view =
                FakeView.of(3, 4, 0, 4).unknownPeer("a").unknownPeer("b").unknownPeer("c");
        assertThat(decide(policy, CallBuilder.ofCaller(), view))
                .isEqualTo(new Decision.ProbeFirst(List.of(new NodeId("a"), new NodeId("b"))));
        assertThat(decide(policy, CallBuilder.ofCaller().withoutAnswers(), view))
                .isEqualTo(RUN_OR_WAIT);
    }

    @Test
    void power_of_n_forwards_to_the_least_loaded_answer_that_is_lighter() {
        PowerOfNScheduler policy = new PowerOfNScheduler(3, 2, false, 1);
        FakeView view = FakeView.of(3, 4, 0, 4);
        assertThat(decide(policy, CallBuilder.ofCaller().answer("a", 2).answer("b", 1), view))
                .isEqualTo(forwardTo("b"));
        assertThat(decide(policy, CallBuilder.ofCaller().answer("a", 3).answer("b", 4), view))
                .isEqualTo(RUN_OR_WAIT);
    }

    @Test
    void power_of_n_goes_on_with_the_next_lighter_answer_after_a_refusal() {
        PowerOfNScheduler policy = new PowerOfNScheduler(3, 2, false, 1);
        CallBuilder call = CallBuilder.ofCaller().answer("a", 2).answer("b", 1).refusedBy("b");
        assertThat(decide(policy, call, FakeView.of(3, 4, 0, 4))).isEqualTo(forwardTo("a"));
        assertThat(decide(policy, call.refusedBy("a"), FakeView.of(3, 4, 0, 4))).isEqualTo(RUN_OR_WAIT);
    }

    @Test
    void power_of_n_with_loss_never_waits_here() {
        PowerOfNScheduler policy = new PowerOfNScheduler(1, 3, true, 1);
        assertThat(decide(policy, CallBuilder.ofCaller().answer("a", 8), FakeView.of(4, 4, 0, 4)))
                .isEqualTo(RUN_OR_REFUSE);
        assertThat(decide(
                        policy,
                        CallBuilder.ofCaller(),
                        FakeView.of(4, 4, 0, 4).unknownPeer("a").linkDown()))
                .isEqualTo(RUN_OR_REFUSE);
    }

    @Test
    void faithful_power_of_n_draws_among_all_that_are_not_heavier() {
        PowerOfNScheduler policy = new PowerOfNScheduler(3, 2, false, 1, true);
        CallView call = CallBuilder.ofCaller().answer("a", 3).answer("b", 1).answer("c", 4);
        SplittableRandom random = new SplittableRandom(1);
        Set<Decision> seen = new HashSet<>();
        for (int i = 0; i < 64; i++) {
            seen.add(policy.decide(call, FakeView.of(3, 4, 0, 4), random));
        }
        assertThat(seen).containsExactlyInAnyOrder(forwardTo("a"), forwardTo("b"));
        assertThat(decide(policy, CallBuilder.ofCaller().answer("c", 4), FakeView.of(3, 4, 0, 4)))
                .isEqualTo(RUN_OR_WAIT);
    }

    @Test
    void faithful_power_of_n_loses_what_its_peer_refuses() {
        PowerOfNScheduler policy = new PowerOfNScheduler(3, 2, false, 1, true);
        CallView call = CallBuilder.ofCaller().answer("a", 2).answer("b", 1).refusedBy("b");
        assertThat(decide(policy, call, FakeView.of(3, 4, 0, 4))).isEqualTo(new Decision.Reject(Reason.NO_TAKER));
    }

    @Test
    void tau_probes_at_once_and_decides_later() {
        SchedulingPolicy policy =
                new PowerOfNSchedulerTau(new PowerOfNScheduler(1, 2, false, 1), Duration.ofMillis(10));
        FakeView early = FakeView.of(3, 4, 0, 4).unknownPeer("a");
        FakeView late = FakeView.of(3, 4, 0, 4).unknownPeer("a").at(10_000_000);
        CallBuilder call = CallBuilder.ofCaller();
        assertThat(decide(policy, call, early)).isEqualTo(new Decision.ProbeFirst(List.of(new NodeId("a"))));
        assertThat(decide(policy, call.answer("a", 1), early)).isEqualTo(new Decision.WaitUntil(10_000_000));
        assertThat(decide(policy, call, late)).isEqualTo(forwardTo("a"));
        assertThat(decide(policy, call, FakeView.of(1, 4, 0, 4).at(10_000_000))).isEqualTo(RUN_OR_WAIT);
    }

    @Test
    void tau_delays_no_call_that_needs_no_decision() {
        SchedulingPolicy policy =
                new PowerOfNSchedulerTau(new PowerOfNScheduler(1, 2, false, 1), Duration.ofMillis(10));
        assertThat(decide(policy, CallBuilder.ofCaller(), FakeView.of(1, 4, 0, 4)))
                .isEqualTo(RUN_OR_WAIT);
        assertThat(decide(policy, CallBuilder.ofPeer(Arrival.DIRECT, 1), FakeView.of(4, 4, 0, 4)))
                .isEqualTo(RUN_OR_WAIT);
        assertThat(decide(policy, CallBuilder.ofCaller(), FakeView.of(4, 4, 0, 4)))
                .isEqualTo(RUN_OR_WAIT);
    }
}
