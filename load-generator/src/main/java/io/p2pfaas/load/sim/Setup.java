package io.p2pfaas.load.sim;

import io.p2pfaas.core.node.BrainSettings;
import io.p2pfaas.core.policy.SchedulingPolicy;
import io.p2pfaas.load.arrivals.ArrivalProcess;
import io.p2pfaas.load.plan.Experiment.FaultKind;
import io.p2pfaas.load.plan.Experiment.PayloadSpec;
import io.p2pfaas.load.plan.ServiceLaw;
import java.util.List;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * One repetition of one point, ready to run: everything typed and checked. All times are nanoseconds of virtual time.
 *
 * @param nodes N
 * @param slots K of each node
 * @param queueMax Q of each node
 * @param policies makes a policy for one life of one node: some have a memory
 * @param arrivals of each node, null for a node that no client calls
 * @param speeds of each node, 1 = as the service law says
 * @param faults in any order
 * @param seed of this repetition
 * @param tuning changes to the default settings of the brains
 */
record Setup(
        int nodes,
        int slots,
        int queueMax,
        Supplier<SchedulingPolicy> policies,
        List<@Nullable ArrivalProcess> arrivals,
        List<Double> speeds,
        Work work,
        Network network,
        Span span,
        List<Fault> faults,
        long seed,
        UnaryOperator<BrainSettings> tuning) {
    /** N*K and N times the peers that each knows must fit into memory. */
    static final int MAX_NODES = 100_000;

    Setup {
        speeds = List.copyOf(speeds);
        faults = List.copyOf(faults);
        require(nodes >= 1 && nodes <= MAX_NODES, "nodes must be 1 to " + MAX_NODES, nodes);
        require(slots >= 1 && slots <= 1_000_000, "slots must be 1 to 1000000", slots);
        require(queueMax >= 0 && queueMax <= 1_000_000, "queue must be 0 to 1000000", queueMax);
        require(arrivals.size() == nodes, "there must be one arrival process per node", arrivals.size());
        require(speeds.size() == nodes, "there must be one speed per node", speeds.size());
        for (double speed : speeds) {
            require(speed > 0 && speed <= 1e6, "a speed must be above 0 and at most 1e6", speed);
        }
        for (Fault fault : faults) {
            require(fault.node() < nodes, "a fault names a node that does not exist", "n" + (fault.node() + 1));
        }
    }

    /**
     * What calls are.
     *
     * @param budgetNanos time that a node gives a call; {@link Long#MAX_VALUE}: all the time it wants
     * @param coldStartNanos added to an execution on a node that ran nothing for {@code coldAfterNanos}
     * @param payloads at least one class of calls
     */
    record Work(
            ServiceLaw service,
            boolean idempotent,
            long budgetNanos,
            long coldStartNanos,
            long coldAfterNanos,
            List<PayloadSpec> payloads) {
        Work {
            payloads = List.copyOf(payloads);
            // Refuses a law whose parameters make no sense.
            ServiceTimes.of(service);
            require(!payloads.isEmpty(), "there must be a class of payloads", payloads);
            require(coldStartNanos >= 0, "a cold start must not be negative", coldStartNanos);
            require(budgetNanos > 0, "the time budget of a call must be above 0", budgetNanos);
        }
    }

    /**
     * What messages go through.
     *
     * @param delayNanos node to node: half to the broker, half from it
     * @param jitterNanos uniform from 0 to this, added to each message from the broker
     * @param resent share of QoS 1 messages that come {@link #RESEND_NANOS} later, and hold up what follows them
     * @param samplesLost share of load samples that a receiver misses
     * @param vanished share of messages that the broker acknowledges and nobody gets; not to be had in experiments
     * @param doubled share of messages that arrive twice; not to be had in experiments
     */
    record Network(
            long delayNanos,
            long jitterNanos,
            double resent,
            double samplesLost,
            double vanished,
            double doubled,
            SharedGroup.Deal deal) {
        /** The least retransmission timeout of Linux' TCP. */
        static final long RESEND_NANOS = 200_000_000L;

        Network {
            require(delayNanos >= 0, "delay must not be negative", delayNanos);
            require(jitterNanos >= 0, "jitter must not be negative", jitterNanos);
            requireShare("loss", resent);
            requireShare("sample-loss", samplesLost);
            requireShare("the share of vanished messages", vanished);
            requireShare("the share of doubled messages", doubled);
        }

        /** Whether each message takes exactly the delay, so that links keep their order by themselves. */
        boolean isSteady() {
            return jitterNanos == 0 && resent == 0;
        }

        private static void requireShare(String name, double share) {
            require(share >= 0 && share <= 1, name + " must be 0 to 1", share);
        }
    }

    /** Lengths, as in {@link io.p2pfaas.load.plan.Experiment.RunSpec}. */
    record Span(long warmupNanos, long measureNanos, long drainNanos, long timeoutNanos) {
        Span {
            require(warmupNanos >= 0, "the warm-up must not be negative", warmupNanos);
            require(measureNanos > 0, "the measurement must be above 0", measureNanos);
            require(drainNanos >= 0, "the drain must not be negative", drainNanos);
            require(timeoutNanos > 0, "the timeout must be above 0", timeoutNanos);
        }

        /** When the last client calls. */
        long endNanos() {
            return warmupNanos + measureNanos;
        }
    }

    /**
     * Something breaks or is mended.
     *
     * @param atNanos after the start of the measurement
     * @param node from 0, or -1 for the broker
     */
    record Fault(long atNanos, FaultKind kind, int node) {
        static final int BROKER = -1;
    }

    private static void require(boolean holds, String rule, Object value) {
        if (!holds) {
            throw new IllegalArgumentException(rule + ": " + value);
        }
    }
}
