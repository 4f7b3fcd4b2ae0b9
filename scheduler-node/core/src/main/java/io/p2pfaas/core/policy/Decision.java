package io.p2pfaas.core.policy;

import io.p2pfaas.core.model.NodeId;
import io.p2pfaas.core.model.Reason;
import java.util.List;

/** What a policy wants done with a call. */
public sealed interface Decision {
    /**
     * Start it here. If no slot is free it waits in the queue, or is refused if it may not wait or the queue is full.
     */
    record RunHere(boolean mayQueue) implements Decision {}

    /** Hand it to this peer. If the peer refuses or is gone, the policy is asked again. */
    record Forward(NodeId peer) implements Decision {}

    /** Offer it to whichever member of the group the broker picks. If nobody takes it, the policy is asked again. */
    record Offer(SpillGroup group) implements Decision {}

    /** Ask these peers for their load first; the policy is asked again with the answers. */
    record ProbeFirst(List<NodeId> peers) implements Decision {
        public ProbeFirst {
            peers = List.copyOf(peers);
        }
    }

    /** Ask again at this time of the node's clock. */
    record WaitUntil(long atNanos) implements Decision {}

    /** Refuse it. A caller's call ends here; a peer's call goes back to its origin, which tries elsewhere. */
    record Reject(Reason reason) implements Decision {}
}
