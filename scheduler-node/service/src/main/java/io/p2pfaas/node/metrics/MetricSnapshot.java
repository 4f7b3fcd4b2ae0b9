package io.p2pfaas.node.metrics;

import io.p2pfaas.core.learn.LearnerStats;
import io.p2pfaas.core.model.Load;
import io.p2pfaas.core.model.NodeId;
import io.p2pfaas.core.node.Counters;
import io.p2pfaas.core.node.NodeBrain;
import io.p2pfaas.core.peers.Peer;
import io.p2pfaas.core.peers.PeerState;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The brain's numbers at one moment.
 *
 * @param sampleAges of the peers that were heard of, in nanoseconds, by id
 * @param silent peers that are online and were not heard of for too long, or did not answer
 */
record MetricSnapshot(
        Counters counters,
        Load load,
        int peers,
        Map<NodeId, Long> sampleAges,
        int silent,
        boolean linkUp,
        long linkRoundTripNanos,
        LearnerStats learner) {
    /** To be called while nothing changes in the brain. */
    static MetricSnapshot of(NodeBrain brain, long staleAfterNanos, long nowNanos) {
        Map<NodeId, Long> ages = new LinkedHashMap<>();
        int silent = 0;
        for (Peer peer : brain.peers()) {
            long age = peer.ageNanos(nowNanos);
            if (peer.sample() != null) {
                ages.put(peer.id(), age);
            }
            if (peer.state() == PeerState.ONLINE && (peer.isSuspect() || age > staleAfterNanos)) {
                silent++;
            }
        }
        return new MetricSnapshot(
                brain.counters().copy(),
                brain.load(),
                brain.peerCount(),
                ages,
                silent,
                brain.isLinkUp(),
                brain.linkRoundTripNanos(),
                brain.learner().stats());
    }

    long inFlight(boolean peersCalls) {
        return counters.inFlightFrom(peersCalls);
    }

    long oldestSampleNanos() {
        long oldest = 0;
        for (long age : sampleAges.values()) {
            oldest = Math.max(oldest, age);
        }
        return oldest;
    }
}
