package io.p2pfaas.core.policy;

import io.p2pfaas.core.model.DurationText;
import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * {@link PowerOfNScheduler} that decides with information of a known age: peers are probed when the call arrives, but
 * where the call goes is decided only tau after that.
 *
 * <p>Example, F=1, T=2, tau=10ms: a call finds a load of 3. n2 is probed, and answers 1 after 2 ms. For 8 ms more the
 * call waits, without a slot or a place in the queue; then n2 gets it, if our load is still above 1, though n2 may be
 * full by now. Had our load fallen below 2 meanwhile, the call would run here. A call that finds a load below T, or nobody
 * to probe, does not wait.
 *
 * <p>An instrument for papers about old information and slow networks, as which P2PFaaS has it. Never for production:
 * the delay buys nothing. A tau longer than a call's time lets the call expire.
 *
 * @param rule what is decided
 * @param tau time from arrival to decision
 */
public record PowerOfNSchedulerTau(PowerOfNScheduler rule, Duration tau) implements SchedulingPolicy {
    static final String NAME = "PowerOfNSchedulerTau";
    private static final Duration MAX_TAU = Duration.ofMinutes(1);

    static PowerOfNSchedulerTau of(Parameters parameters, boolean faithful) {
        return new PowerOfNSchedulerTau(
                PowerOfNScheduler.of(parameters, faithful),
                parameters.duration(4, "tau", MAX_TAU, Duration.ofMillis(10)));
    }

    @Override
    public Decision decide(CallView call, ClusterView cluster, RandomGenerator random) {
        long decideAt = call.arrivedNanos() + tau.toNanos();
        if (call.probed() && cluster.nowNanos() < decideAt && cluster.linkUp()) {
            return new Decision.WaitUntil(decideAt);
        }
        return rule.decide(call, cluster, random);
    }

    @Override
    public String describe() {
        return NAME + "(" + rule.parametersText() + ", " + DurationText.of(tau) + ")"
                + (rule.faithful() ? " faithful" : "");
    }
}
