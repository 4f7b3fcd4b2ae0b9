package io.p2pfaas.core.node;

import io.p2pfaas.core.model.End;
import io.p2pfaas.core.model.NodeId;
import io.p2pfaas.core.model.Reason;
import io.p2pfaas.core.model.Sample;
import java.util.List;

/** What a node answers to the origin of a forwarded call. */
public sealed interface Answer {
    /** Who answers. */
    NodeId node();

    /** The answering node's load, on every answer. */
    Sample sample();

    /** The call will run there; sent only for calls that do not end at once. */
    record Accepted(NodeId node, Sample sample, Phase phase) implements Answer {}

    /** The call will not run there, nor anywhere the peer handed it on to. */
    record Refused(NodeId node, Sample sample, Reason reason) implements Answer {}

    /**
     * The call has ended there.
     *
     * @param path all nodes that had the call, origin first, {@code node} last
     */
    record Ended(NodeId node, Sample sample, End end, List<NodeId> path) implements Answer {
        public Ended {
            // A peer that does not say where the call was had it at least itself.
            path = path.isEmpty() ? List.of(node) : List.copyOf(path);
        }
    }

    /** How far an accepted call is. */
    enum Phase {
        /** A slot is kept until the body comes. */
        BOOKED,
        /** It waits for a slot: it may still be taken elsewhere without harm if the node dies. */
        QUEUED,
        /** It runs. */
        RUNNING
    }
}
