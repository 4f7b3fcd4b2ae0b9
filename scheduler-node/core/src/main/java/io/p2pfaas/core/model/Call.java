package io.p2pfaas.core.model;

import java.util.ArrayList;
import java.util.List;

/**
 * One invocation as a node sees it.
 *
 * @param id unique on this node in this session
 * @param path the nodes that handed the call on, origin first; empty for a call from a caller
 * @param deadlineNanos when the caller's time is up, on this node's monotonic clock
 * @param payloadBytes size of the request body; large bodies are not sent before a node has agreed to take them
 * @param idempotent whether running the call twice does no harm
 * @param taskType learning task type, 0 unless the caller says otherwise
 * @param wantedWithinNanos the caller is content with an answer within this time of the call's arrival, which is what a
 *     learner is rewarded for; 0 if it does not say
 * @param payload what the edge attached
 */
public record Call(
        long id,
        FunctionName function,
        Arrival arrival,
        List<NodeId> path,
        long deadlineNanos,
        long payloadBytes,
        boolean idempotent,
        Routing routing,
        int taskType,
        long wantedWithinNanos,
        Payload payload) {
    public Call {
        path = List.copyOf(path);
        if (wantedWithinNanos < 0) {
            throw new IllegalArgumentException("wantedWithinNanos must not be negative: " + wantedWithinNanos);
        }
        if (payloadBytes < 0) {
            throw new IllegalArgumentException("payloadBytes must not be negative: " + payloadBytes);
        }
        if ((arrival == Arrival.CLIENT) != path.isEmpty()) {
            throw new IllegalArgumentException("a call has a path exactly if a peer sent it: " + arrival + " " + path);
        }
    }

    /** A call whose caller does not say within which time it wants an answer. */
    public Call(
            long id,
            FunctionName function,
            Arrival arrival,
            List<NodeId> path,
            long deadlineNanos,
            long payloadBytes,
            boolean idempotent,
            Routing routing,
            int taskType,
            Payload payload) {
        this(id, function, arrival, path, deadlineNanos, payloadBytes, idempotent, routing, taskType, 0, payload);
    }

    /** How often the call has changed nodes. */
    public int hops() {
        return path.size();
    }

    /** The path as {@code self} hands it on. */
    public List<NodeId> pathThrough(NodeId self) {
        List<NodeId> longer = new ArrayList<>(path.size() + 1);
        longer.addAll(path);
        longer.add(self);
        return longer;
    }
}
