package io.p2pfaas.core.policy;

import io.p2pfaas.core.model.Load;
import io.p2pfaas.core.model.NodeId;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * The cluster as this node sees it at the moment of a decision. Valid only during the call of
 * {@link SchedulingPolicy#decide}.
 */
public interface ClusterView {
    /** The node's monotonic clock. */
    long nowNanos();

    /** The deciding node. */
    NodeId self();

    /** Its own load. */
    Load own();

    /** Whether the broker can be reached; if not, only local execution is possible. */
    boolean linkUp();

    /** Forwards and offers that the broker has not acknowledged yet. */
    int unacknowledged();

    /** How many of them the node allows at once. */
    int maxUnacknowledged();

    /** Smoothed time from publish to the broker's acknowledgement; 0 before the first. */
    long linkRoundTripNanos();

    /**
     * Up to {@code count} peers drawn at random without repetition among the candidates: online, with a fresh sample,
     * having the function, not on the call's path and not yet tried for it.
     */
    List<PeerView> drawCandidates(int count, RandomGenerator random);

    /** As {@link #drawCandidates}, but a fresh sample is not asked for. */
    List<PeerView> drawLive(int count, RandomGenerator random);

    /**
     * The giver of the newest token ({@link SchedulingPolicy.Notices#FREE_SLOTS}) that holds and is of use for this
     * call; null if there is none. A forward to the giver uses the token up.
     */
    default @Nullable PeerView newestToken() {
        return null;
    }

    /** The peer as a candidate, or with a null load if its sample is not fresh; this node as its peers see it. */
    PeerView peer(NodeId id);

    /** What a policy that learns needs beside. */
    default LearningView learning() {
        throw new IllegalStateException("there is no learner behind this view");
    }
}
