package io.p2pfaas.core.policy;

import io.p2pfaas.core.model.Reason;
import java.util.random.RandomGenerator;

/**
 * Every node for itself: calls run where they arrive. The baseline that every sharing policy must beat.
 *
 * <p>With {@code loss} a call that finds all slots busy is rejected even if the queue has room; without, it waits.
 * Example: K=4, Q=4, eight calls at once: with loss four run and four are rejected, without loss four run and four
 * wait.
 *
 * <p>With Poisson arrivals and no queue the rejected share is Erlang B, which makes it the first check of a simulator.
 * Not for production: one hot node rejects while its neighbours idle.
 *
 * @param loss true to reject rather than queue
 */
public record NoScheduler(boolean loss) implements SchedulingPolicy {
    static final String NAME = "NoScheduler";

    static NoScheduler of(Parameters parameters) {
        return new NoScheduler(parameters.truth(0, "loss", false));
    }

    @Override
    public Decision decide(CallView call, ClusterView cluster, RandomGenerator random) {
        if (loss && !cluster.own().hasFreeSlot()) {
            return new Decision.Reject(Reason.NO_SLOT);
        }
        return new Decision.RunHere(!loss);
    }

    @Override
    public String describe() {
        return NAME;
    }
}
