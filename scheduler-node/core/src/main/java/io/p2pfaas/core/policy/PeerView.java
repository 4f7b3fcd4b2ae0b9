package io.p2pfaas.core.policy;

import io.p2pfaas.core.model.Load;
import io.p2pfaas.core.model.NodeId;
import io.p2pfaas.core.model.Sample;
import org.jspecify.annotations.Nullable;

/**
 * What this node knows of a peer.
 *
 * @param load from its last sample; null if there is no fresh one: unknown, which is never idle
 * @param ageNanos how long ago the sample came; {@link Long#MAX_VALUE} without one
 * @param unseenForwards calls that this node sent there since that sample and that are not answered
 * @param latencyNanos how long it says that a call takes there; {@link Sample#UNKNOWN} if it does not say
 */
public record PeerView(NodeId id, @Nullable Load load, long ageNanos, int unseenForwards, long latencyNanos) {
    /** Of a peer that does not say how long calls take. */
    public PeerView(NodeId id, @Nullable Load load, long ageNanos, int unseenForwards) {
        this(id, load, ageNanos, unseenForwards, Sample.UNKNOWN);
    }

    /** The load that the peer has if all that we sent has arrived; very large if unknown. */
    public int estimate() {
        return load == null ? Integer.MAX_VALUE : load.total() + unseenForwards;
    }
}
