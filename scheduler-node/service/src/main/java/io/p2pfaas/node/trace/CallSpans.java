package io.p2pfaas.node.trace;

import io.p2pfaas.core.model.CallTrail;
import io.p2pfaas.core.model.End;
import io.p2pfaas.core.model.NodeId;
import io.p2pfaas.node.call.Arrived;
import io.p2pfaas.node.call.Headers;
import io.p2pfaas.node.call.Outcome;
import io.p2pfaas.node.call.Request;
import io.p2pfaas.node.call.TracedCall;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One call's part of a trace on this node. Ids are given out while the call is under way, since others need them; spans are
 * made at its end, when all is known.
 */
final class CallSpans implements TracedCall {
    private final Tracer tracer;
    private final Arrived arrived;
    private final TraceParent here;
    private final String parent;
    private final String state;
    private final Map<Long, Sent> sent = new HashMap<>(2);
    private @Nullable CallTrail trail;
    private @Nullable Run run;
    private boolean isOver;

    /** A forward or offer that left this node. */
    record Sent(String spanId, long atNanos) {}

    /** @param outcome null while it runs */
    record Run(
            String spanId,
            long startNanos,
            long endNanos,
            @Nullable Outcome outcome) {}

    /**
     * @param here the trace, and the entrance's span
     * @param parent the span that the call came from; empty if its trace begins here
     * @param state tracestate, empty if there is none
     */
    CallSpans(Tracer tracer, Arrived arrived, TraceParent here, String parent, String state) {
        this.tracer = tracer;
        this.arrived = arrived;
        this.here = here;
        this.parent = parent;
        this.state = state;
    }

    @Override
    public boolean isSampled() {
        return here.isSampled();
    }

    @Override
    public String traceId() {
        return here.traceId();
    }

    @Override
    public String traceparent() {
        return here.text();
    }

    @Override
    public synchronized void follow(CallTrail followed) {
        trail = followed;
    }

    @Override
    public synchronized Request toFunction(Request request, long nowNanos) {
        if (!isSampled()) {
            return below(request, here.spanId());
        }
        String spanId = tracer.newSpanId();
        run = new Run(spanId, nowNanos, CallTrail.NEVER, null);
        return below(request, spanId);
    }

    @Override
    public synchronized void executed(Outcome outcome, long nowNanos) {
        Run begun = run;
        if (begun != null) {
            run = new Run(begun.spanId(), begun.startNanos(), nowNanos, outcome);
        }
    }

    @Override
    public synchronized Request toPeer(Request request, long attempt, long nowNanos) {
        if (!isSampled()) {
            return below(request, here.spanId());
        }
        Sent span = sent.computeIfAbsent(attempt, number -> new Sent(tracer.newSpanId(), nowNanos));
        return below(request, span.spanId());
    }

    /** The request as what happens in this span. */
    private Request below(Request request, String spanId) {
        Headers.Builder headers = new Headers.Builder();
        request.headers().forEach((name, value) -> {
            boolean isReplaced = name.equalsIgnoreCase(PARENT_FIELD) || name.equalsIgnoreCase(STATE_FIELD);
            if (!isReplaced) {
                headers.add(name, value);
            }
        });
        headers.add(PARENT_FIELD, here.withSpan(spanId).text());
        if (!state.isEmpty()) {
            headers.add(STATE_FIELD, state);
        }
        return new Request(request.method(), request.path(), request.query(), headers.build(), request.body());
    }

    @Override
    public void handedOn(long nowNanos) {
        over(null, List.of(), nowNanos);
    }

    @Override
    public void ended(End end, List<NodeId> path, long nowNanos) {
        over(end, path, nowNanos);
    }

    /** Before it arrived, if a node was asked for a slot first and sent the body when it was free. */
    private long began(CallTrail decisions) {
        long first = arrived.atNanos();
        for (CallTrail.Decided decided : decisions.decisions()) {
            first = Math.min(first, decided.atNanos());
        }
        return first;
    }

    private synchronized void over(@Nullable End end, List<NodeId> path, long nowNanos) {
        CallTrail decisions = trail;
        if (isOver || !isSampled() || decisions == null) {
            isOver = true;
            return;
        }
        isOver = true;
        SpanWriter writer = new SpanWriter(here, parent, state, tracer, nowNanos);
        writer.entrance(arrived, began(decisions), end, path);
        writer.decisions(decisions, sent, run);
        writer.attempts(decisions, sent, arrived);
        writer.queue(decisions, run);
        if (run != null) {
            writer.run(run, arrived, end);
        }
    }
}
