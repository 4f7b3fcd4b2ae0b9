package io.p2pfaas.core.model;

import io.p2pfaas.core.learn.Choice;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where a call went on its way, and how long deciding took at its origin.
 *
 * @param path the nodes that handed it on and, last, the one that had it at the end; just this node for a local call
 * @param schedulingNanos from arrival to the start of the execution or the last forward
 * @param probingNanos the part of it that was spent waiting for probes
 * @param probes how many probes were sent
 * @param attempts how many forwards and offers were sent
 * @param choice what a learner chose for it; null if none was asked
 */
public record Placement(
        List<NodeId> path,
        long schedulingNanos,
        long probingNanos,
        int probes,
        int attempts,
        @Nullable Choice choice) {
    public Placement {
        path = List.copyOf(path);
        if (path.isEmpty()) {
            throw new IllegalArgumentException("a placement names at least one node");
        }
    }

    /** A placement that no learner had part in. */
    public Placement(List<NodeId> path, long schedulingNanos, long probingNanos, int probes, int attempts) {
        this(path, schedulingNanos, probingNanos, probes, attempts, null);
    }

    /** True when another node than the origin had the call at the end. */
    public boolean isRemote() {
        return path.size() > 1;
    }

    /** Changes of node. */
    public int hops() {
        return path.size() - 1;
    }
}
