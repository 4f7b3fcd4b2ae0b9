package io.p2pfaas.node.trace;

import io.p2pfaas.core.model.CallTrail;
import io.p2pfaas.core.model.CallTrail.Attempted;
import io.p2pfaas.core.model.CallTrail.Decided;
import io.p2pfaas.core.model.End;
import io.p2pfaas.core.model.NodeId;
import io.p2pfaas.core.model.Reason;
import io.p2pfaas.node.call.Arrived;
import io.p2pfaas.node.call.Outcome;
import io.p2pfaas.node.call.Verdict;
import io.p2pfaas.node.trace.CallSpans.Run;
import io.p2pfaas.node.trace.CallSpans.Sent;
import io.p2pfaas.node.trace.Span.Attribute;
import io.p2pfaas.node.trace.Span.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Makes the spans of a call that is over. Names and attributes are those of OpenTelemetry's conventions for FaaS, HTTP and
 * messaging where they have some, and begin with {@code p2pfaas.} where not.
 */
final class SpanWriter {
    private static final int FIRST_SERVER_ERROR = 500;
    /** Of a path, for example, which callers make up; spans wait in a queue. */
    private static final int LONGEST = 512;

    private static final String INVOKED = "faas.invoked_name";
    private static final String STATUS = "http.response.status_code";

    private final TraceParent here;
    private final String parent;
    private final String state;
    private final Tracer tracer;
    private final long nowNanos;
    private final long offset;

    SpanWriter(TraceParent here, String parent, String state, Tracer tracer, long nowNanos) {
        this.here = here;
        this.parent = parent;
        this.state = state;
        this.tracer = tracer;
        this.nowNanos = nowNanos;
        this.offset = tracer.wallOffset();
    }

    /** What a span says beside its times. */
    private static final class Said {
        private final List<Attribute> attributes = new ArrayList<>();
        private @Nullable String error;

        Said with(String key, @Nullable String value) {
            if (value != null && !value.isEmpty()) {
                attributes.add(new Attribute(key, value.length() <= LONGEST ? value : value.substring(0, LONGEST)));
            }
            return this;
        }

        Said with(String key, long value) {
            attributes.add(new Attribute(key, value));
            return this;
        }

        Said failed(String why) {
            error = why;
            return with("error.type", why);
        }
    }

    private void write(String spanId, String under, String name, Kind kind, long from, long to, Said said) {
        long start = from + offset;
        tracer.record(new Span(
                here.traceId(),
                spanId,
                under,
                state,
                name,
                kind,
                start,
                Math.max(start, to + offset),
                said.attributes,
                said.error));
    }

    /** @param end null if a further node answers for it */
    void entrance(Arrived arrived, long began, @Nullable End end, List<NodeId> path) {
        Said said = new Said()
                .with("faas.trigger", isHttp(arrived) ? "http" : "pubsub")
                .with("faas.name", arrived.function().value())
                .with("faas.invocation_id", arrived.id())
                .with(
                        "p2pfaas.end",
                        end == null ? "handed_on" : end.state().name().toLowerCase(Locale.ROOT))
                .with("p2pfaas.path", path.stream().map(NodeId::value).collect(Collectors.joining(",")));
        switch (arrived.way()) {
            case HTTP, ASYNC ->
                said.with("http.request.method", arrived.request().method())
                        .with(
                                "url.path",
                                arrived.place()
                                        + arrived.function().value()
                                        + arrived.request().path())
                        .with("http.route", arrived.place() + "{function}");
            case MQTT -> messaging(said, "process").with("messaging.destination.name", arrived.place());
            case PEER -> messaging(said, "process").with("p2pfaas.peer", arrived.place());
        }
        if (end != null) {
            tellEnd(said, end, isHttp(arrived));
        }
        Kind kind = isHttp(arrived) ? Kind.SERVER : Kind.CONSUMER;
        String name = "entrance " + arrived.function();
        write(here.spanId(), parent, name, kind, began, nowNanos, said);
    }

    private static boolean isHttp(Arrived arrived) {
        return arrived.way() == Arrived.Way.HTTP || arrived.way() == Arrived.Way.ASYNC;
    }

    private static Said messaging(Said said, String operation) {
        return said.with("messaging.system", "mqtt").with("messaging.operation.type", operation);
    }

    /** An end that the caller itself brought about is not the node's failure, as with HTTP's statuses below 500. */
    private static void tellEnd(Said said, End end, boolean isHttp) {
        Reason reason = end.reason();
        int status = reason == null ? status(end.payload()) : Verdict.of(end).status();
        if (isHttp && status > 0) {
            said.with(STATUS, status);
        }
        if (reason != null) {
            said.with("p2pfaas.reason", reason.label());
        }
        if (status >= FIRST_SERVER_ERROR) {
            said.failed(reason == null ? Integer.toString(status) : reason.label());
        }
    }

    private static int status(@Nullable Object payload) {
        Object outcome = payload instanceof Outcome.Remote remote ? remote.outcome() : payload;
        return outcome instanceof Outcome.Answered answered
                ? answered.response().status()
                : 0;
    }

    /** Waiting for probes, or because the policy says so, is part of the decision that it leads to. */
    void decisions(CallTrail trail, Map<Long, Sent> sent, @Nullable Run run) {
        long start = CallTrail.NEVER;
        List<Decided> steps = trail.decisions();
        for (int i = 0; i < steps.size(); i++) {
            Decided step = steps.get(i);
            start = start == CallTrail.NEVER ? step.atNanos() : start;
            if (step.isPreliminary() && i + 1 < steps.size()) {
                continue;
            }
            Said said = new Said()
                    .with("p2pfaas.policy", step.policy())
                    .with("p2pfaas.choice", step.choice())
                    .with("p2pfaas.load.running", step.own().running())
                    .with("p2pfaas.load.queued", step.own().queued());
            long end = step.isPreliminary() ? nowNanos : carriedOut(step, trail, sent, run);
            write(tracer.newSpanId(), here.spanId(), "decision", Kind.INTERNAL, start, end, said);
            start = CallTrail.NEVER;
        }
    }

    /** When what was decided began: the brain's own clock stands still while it decides. */
    private static long carriedOut(Decided step, CallTrail trail, Map<Long, Sent> sent, @Nullable Run run) {
        for (Attempted attempt : trail.attempts()) {
            Sent left = sent.get(attempt.attempt());
            if (attempt.sentNanos() == step.atNanos() && left != null) {
                return left.atNanos();
            }
        }
        boolean runsAtOnce = run != null && step.choice().startsWith("run here");
        return run != null && runsAtOnce ? run.startNanos() : step.atNanos();
    }

    void attempts(CallTrail trail, Map<Long, Sent> sent, Arrived arrived) {
        for (Attempted attempt : trail.attempts()) {
            Sent left = sent.get(attempt.attempt());
            if (left == null) {
                // Decided, and its time was up before it could leave.
                continue;
            }
            String result = attempt.isOpen() ? "handed on" : attempt.result();
            Said said = messaging(new Said(), "send")
                    .with(INVOKED, arrived.function().value())
                    .with("faas.invoked_provider", "p2pfaas")
                    .with("p2pfaas.peer", attempt.to())
                    .with("p2pfaas.result", result);
            if (!attempt.isOpen() && !result.equals("done")) {
                said.failed(result);
            }
            long end = attempt.isOpen() ? nowNanos : attempt.endedNanos();
            write(left.spanId(), here.spanId(), "forward", Kind.PRODUCER, left.atNanos(), end, said);
        }
    }

    void queue(CallTrail trail, @Nullable Run run) {
        if (trail.queuedNanos() != CallTrail.NEVER) {
            long end = run == null ? nowNanos : run.startNanos();
            write(tracer.newSpanId(), here.spanId(), "queue", Kind.INTERNAL, trail.queuedNanos(), end, new Said());
        }
    }

    void run(Run run, Arrived arrived, @Nullable End end) {
        Said said = new Said()
                .with(INVOKED, arrived.function().value())
                .with("faas.invoked_provider", "p2pfaas")
                .with("http.request.method", arrived.request().method());
        Outcome outcome = run.outcome();
        if (outcome == null) {
            Reason reason = end == null ? null : end.reason();
            said.failed(reason == null ? "aborted" : reason.label());
        } else if (outcome instanceof Outcome.Broken broken) {
            said.failed(broken.reason().label());
        } else {
            int status = status(outcome);
            said.with(STATUS, status);
            if (status >= FIRST_SERVER_ERROR) {
                said.failed(Integer.toString(status));
            }
        }
        long until = outcome == null ? nowNanos : run.endNanos();
        String name = "run " + arrived.function();
        write(run.spanId(), here.spanId(), name, Kind.CLIENT, run.startNanos(), until, said);
    }
}
