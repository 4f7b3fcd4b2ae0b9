package io.p2pfaas.core.node;

import io.p2pfaas.core.model.Load;
import io.p2pfaas.core.model.Sample;

/**
 * When this node tells its load. On change, but at most once per gap, and the last change is always told; as a
 * heartbeat otherwise. The gap follows the node's own measurements: {@code g = max(0.3 S, peers / (4 lambda),
 * minimum)}, at most a third of the heartbeat (ALGORITHMS, "Load samples"). S and lambda are moving averages over
 * about the last sixteen executions and arrivals.
 */
final class SampleClock {
    private static final double SMOOTHING = 1.0 / 16;
    private static final double SERVICE_SHARE = 0.3;
    private static final double SAMPLES_PER_ARRIVAL = 4;
    private static final double JITTER = 0.1;

    private final long heartbeatNanos;
    private final long minGapNanos;
    private double serviceNanos;
    private double interarrivalNanos;
    private boolean hadArrival;
    private long lastArrivalNanos;
    private long lastSentNanos;
    private long heartbeatDueNanos = Long.MIN_VALUE;
    private boolean dirty;

    SampleClock(long heartbeatNanos, long minGapNanos) {
        this.heartbeatNanos = heartbeatNanos;
        this.minGapNanos = minGapNanos;
    }

    void arrival(long nowNanos) {
        if (hadArrival) {
            interarrivalNanos = smooth(interarrivalNanos, (double) (nowNanos - lastArrivalNanos));
        }
        hadArrival = true;
        lastArrivalNanos = nowNanos;
    }

    void executed(long durationNanos) {
        serviceNanos = smooth(serviceNanos, (double) durationNanos);
    }

    /**
     * How long a call that comes now would take: the mean of late executions, and its share of what is ahead of it for
     * each slot. {@link Sample#UNKNOWN} before the first execution.
     */
    long latencyNanos(Load load) {
        if (serviceNanos == 0) {
            return Sample.UNKNOWN;
        }
        int ahead = Math.max(0, load.total() + 1 - load.slots());
        return (long) (serviceNanos * (1 + (double) ahead / load.slots()));
    }

    private static double smooth(double average, double value) {
        return average == 0 ? value : average + SMOOTHING * (value - average);
    }

    private long gapNanos(int peers) {
        double forPeers = peers * interarrivalNanos / SAMPLES_PER_ARRIVAL;
        double gap = Math.max(Math.max(SERVICE_SHARE * serviceNanos, forPeers), (double) minGapNanos);
        return (long) Math.min(gap, heartbeatNanos / 3.0);
    }

    /** The load is another than in the last sample. */
    void changed() {
        dirty = true;
    }

    /**
     * When the next sample is due; in the past if one is due now.
     *
     * @param onChange whether changes are told or only heartbeats
     */
    long dueNanos(int peers, boolean onChange) {
        return onChange && dirty ? Math.min(lastSentNanos + gapNanos(peers), heartbeatDueNanos) : heartbeatDueNanos;
    }

    /**
     * A sample went out.
     *
     * @param chance uniform in 0..1, spreads the heartbeats of nodes that started together
     */
    void sent(long nowNanos, double chance) {
        dirty = false;
        lastSentNanos = nowNanos;
        heartbeatDueNanos = nowNanos + (long) (heartbeatNanos * (1 - JITTER + 2 * JITTER * chance));
    }
}
