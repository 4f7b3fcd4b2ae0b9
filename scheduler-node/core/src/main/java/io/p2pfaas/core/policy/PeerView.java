package io.p2pfaas.core.policy;

import io.p2pfaas.core.model.Load;
import io.p2pfaas.core.model.NodeId;
import org.jspecify.annotations.Nullable;

/**
 * What this node knows of a peer.
 *
 * @param load from its last sample; null if there is no fresh one: unknown, which is never idle
 * @param ageNanos how long ago the sample came; {@link Long#MAX_VALUE} without one
 * @param unseenForwards calls that this node sent there since that sample and that are not answered
 */
public record PeerView(NodeId id, @Nullable Load load, long ageNanos, int unseenForwards) {
    /** The load that the peer has if all that we sent has arrived; very large if unknown. */
    public int estimate() {
        return load == null ? Integer.MAX_VALUE : load.total() + unseenForwards;
    }
}
