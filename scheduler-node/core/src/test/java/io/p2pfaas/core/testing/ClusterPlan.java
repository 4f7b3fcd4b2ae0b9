package io.p2pfaas.core.testing;

import io.p2pfaas.core.model.NodeId;
import io.p2pfaas.core.node.BrainSettings;
import io.p2pfaas.core.policy.SchedulingPolicy;
import java.util.function.UnaryOperator;

/**
 * What a {@link MiniCluster} is made of.
 *
 * @param slots K of each node
 * @param queueMax Q of each node
 * @param serviceNanos mean service time S, exponential
 * @param rho offered load per slot
 * @param delayNanos one-way delay between two nodes, broker included
 * @param budgetNanos time that a caller gives a call
 * @param deal how the broker deals within a group
 * @param lossShare messages that are acknowledged and never arrive
 * @param duplicateShare messages that arrive twice
 * @param bodyBytes size of each call's body
 * @param idempotent whether the calls may be repeated
 * @param tuning changes to the default settings
 */
public record ClusterPlan(
        int nodes,
        int slots,
        int queueMax,
        long serviceNanos,
        double rho,
        long delayNanos,
        long budgetNanos,
        SchedulingPolicy policy,
        long seed,
        MiniBroker.Deal deal,
        double lossShare,
        double duplicateShare,
        long bodyBytes,
        boolean idempotent,
        UnaryOperator<BrainSettings> tuning) {
    private static final long SERVICE_NANOS = 100_000_000L;

    /** Service time 100 ms, delay 0.02 of it, no faults, round robin, and all the time one wants. */
    public static ClusterPlan of(int nodes, int slots, int queueMax, double rho, SchedulingPolicy policy, long seed) {
        return new ClusterPlan(
                nodes,
                slots,
                queueMax,
                SERVICE_NANOS,
                rho,
                SERVICE_NANOS / 50,
                Long.MAX_VALUE,
                policy,
                seed,
                MiniBroker.Deal.ROUND_ROBIN,
                0,
                0,
                0,
                true,
                UnaryOperator.identity());
    }

    /** Deals at random instead of in turn. */
    public ClusterPlan withRandomDeal() {
        return with(delayNanos, budgetNanos, MiniBroker.Deal.RANDOM, lossShare, duplicateShare, bodyBytes, idempotent);
    }

    /** Another one-way delay. */
    public ClusterPlan withDelay(long nanos) {
        return with(nanos, budgetNanos, deal, lossShare, duplicateShare, bodyBytes, idempotent);
    }

    /** Callers that give up after this time. */
    public ClusterPlan withBudget(long nanos) {
        return with(delayNanos, nanos, deal, lossShare, duplicateShare, bodyBytes, idempotent);
    }

    /** Messages get lost or doubled. */
    public ClusterPlan withFaultyMessages(double loss, double duplicate) {
        return with(delayNanos, budgetNanos, deal, loss, duplicate, bodyBytes, idempotent);
    }

    /** Calls of another kind. */
    public ClusterPlan withCalls(long bytes, boolean mayRepeat) {
        return with(delayNanos, budgetNanos, deal, lossShare, duplicateShare, bytes, mayRepeat);
    }

    private ClusterPlan with(
            long newDelay,
            long newBudget,
            MiniBroker.Deal newDeal,
            double newLoss,
            double newDuplicate,
            long newBytes,
            boolean newIdempotent) {
        return new ClusterPlan(
                nodes,
                slots,
                queueMax,
                serviceNanos,
                rho,
                newDelay,
                newBudget,
                policy,
                seed,
                newDeal,
                newLoss,
                newDuplicate,
                newBytes,
                newIdempotent,
                tuning);
    }

    BrainSettings settings(NodeId self, long session) {
        return tuning.apply(BrainSettings.of(self, session, slots, queueMax));
    }

    /** Mean time between two arrivals at one node. */
    double interarrivalNanos() {
        return serviceNanos / (rho * slots);
    }
}
