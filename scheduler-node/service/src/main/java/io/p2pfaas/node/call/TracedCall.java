package io.p2pfaas.node.call;

import io.p2pfaas.core.model.CallTrail;
import io.p2pfaas.core.model.End;
import io.p2pfaas.core.model.NodeId;
import java.util.List;

/**
 * One call on this node, as its trace follows it. Also a call that is not sampled has an id that must travel with it, or
 * the next node would begin a trace of its own. Thread-safe; nothing here blocks. Times are of the node's monotonic clock.
 */
public interface TracedCall {
    /** The field, header or user property, that says where in which trace a call is. */
    String PARENT_FIELD = "traceparent";

    /** The field that goes with it and has what tracing systems add. */
    String STATE_FIELD = "tracestate";

    /** Whether it is recorded; if not, only its ids matter. */
    boolean isSampled();

    /** The id of the trace, 32 hexadecimal digits. */
    String traceId();

    /** What this node's part of the trace is called by others. */
    String traceparent();

    /** Takes what is decided about the call from this trail, at its end. */
    void follow(CallTrail trail);

    /** The request as the function is to be given it, whose execution begins now. */
    Request toFunction(Request request, long nowNanos);

    /** The execution has ended. */
    void executed(Outcome outcome, long nowNanos);

    /** The request as a peer is to be given it, with this attempt; the same attempt may be sent twice. */
    Request toPeer(Request request, long attempt, long nowNanos);

    /** A further node has the call, and answers for it. */
    void handedOn(long nowNanos);

    /**
     * The call has ended on this node. Only the first end counts.
     *
     * @param path the nodes that had it
     */
    void ended(End end, List<NodeId> path, long nowNanos);
}
