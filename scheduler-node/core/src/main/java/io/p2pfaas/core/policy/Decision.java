package io.p2pfaas.core.policy;

import io.p2pfaas.core.model.NodeId;
import io.p2pfaas.core.model.Reason;
import java.util.List;
import java.util.Objects;

/** What a policy wants done with a call. */
public sealed interface Decision {
    /**
     * Start it here. If no slot is free it waits in the queue, or is refused if it may not wait or the queue is full.
     */
    record RunHere(boolean mayQueue) implements Decision {}

    /** Hand it to this peer. If the peer refuses or is gone, the policy is asked again. */
    record Forward(NodeId peer) implements Decision {
        public Forward {
            Objects.requireNonNull(peer, "a forward to nobody");
        }
    }

    /** Offer it to whichever member of the group the broker picks. If nobody takes it, the policy is asked again. */
    record Offer(SpillGroup group) implements Decision {
        public Offer {
            Objects.requireNonNull(group, "an offer to no group");
        }
    }

    /** Ask these peers for their load first; the policy is asked again with the answers. */
    record ProbeFirst(List<NodeId> peers) implements Decision {
        public ProbeFirst {
            peers = List.copyOf(peers);
        }
    }

    /** Ask again at this time of the node's clock, which must be to come, and before the call's deadline. */
    record WaitUntil(long atNanos) implements Decision {}

    /** Refuse it. A caller's call ends here; a peer's call goes back to its origin, which tries elsewhere. */
    record Reject(Reason reason) implements Decision {
        public Reject {
            Objects.requireNonNull(reason, "a rejection without a reason");
        }
    }
}
