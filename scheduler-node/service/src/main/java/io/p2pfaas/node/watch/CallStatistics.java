package io.p2pfaas.node.watch;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.p2pfaas.core.model.EndState;
import io.p2pfaas.core.model.FunctionName;
import io.p2pfaas.core.model.Load;
import io.p2pfaas.core.model.Reason;
import io.p2pfaas.core.node.Counters;
import io.p2pfaas.core.node.ForwardCounts;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/**
 * How callers' calls and functions of this node did lately. {@link #ended} and {@link #executed} may be called by any
 * thread and cost a few hundred nanoseconds; {@link #tick} once a second.
 */
public final class CallStatistics {
    private static final double NANOS_PER_MILLI = TimeUnit.MILLISECONDS.toNanos(1);

    private final Recent recent = new Recent();
    private final FunctionTimes functions = new FunctionTimes();
    private final SlowCalls slow = new SlowCalls();

    /** A caller's call has ended here. */
    public void ended(EndedCall call) {
        recent.ended(call.totalNanos());
        slow.ended(call);
    }

    /** An execution has ended on this node. */
    public void executed(FunctionName function, boolean failed, long nanos) {
        functions.executed(function, failed, nanos);
    }

    /** A new instance of a function takes calls on this node. */
    public void coldStart(FunctionName function) {
        functions.coldStart(function);
    }

    /**
     * A second is over.
     *
     * @param counters a copy
     * @param deployed functions that are here
     * @return true if a step of the charts is over too
     */
    public synchronized boolean tick(Counters counters, Load load, Set<FunctionName> deployed, long nowNanos) {
        functions.tick(deployed);
        slow.forgetOld(nowNanos);
        return recent.tick(counters, load);
    }

    /** Writes everything but the charts into a report. */
    synchronized void describe(ObjectNode report, NodeFacts facts, long nowNanos) {
        if (recent.isEmpty()) {
            return;
        }
        Counters now = recent.now();
        calls(report.putObject("calls"), now);
        Recent.Rates rates = recent.rates();
        report.putObject("rates")
                .put("received", rates.received())
                .put("done", rates.done())
                .put("notDone", rates.notDone());
        Histogram lately = recent.lately();
        report.putObject("latencyMillis")
                .put("p50", Latencies.millis(lately, 50))
                .put("p99", Latencies.millis(lately, 99))
                .put("max", Latencies.millis(lately, 100))
                .put("calls", lately.getTotalCount());
        Counters minuteAgo = recent.secondsAgo(Recent.MINUTE);
        reasons(report.putArray("reasons"), now, minuteAgo);
        forwards(report.putArray("forwards"), now, minuteAgo);
        functions(report.putArray("functions"), facts);
        slow(report.putArray("slow"), nowNanos);
    }

    private static void calls(ObjectNode calls, Counters now) {
        calls.put("received", now.receivedFrom(false));
        for (EndState state : EndState.values()) {
            calls.put(state.name().toLowerCase(Locale.ROOT), now.endedIn(state, false));
        }
        calls.put("inFlight", now.inFlightFrom(false))
                .put("ranHere", now.executedHere())
                .put("ranAway", now.executedAway())
                .put("fromPeers", now.receivedFrom(true));
    }

    /** Of callers' calls, as all else: what a peer is refused here, it has done elsewhere, or counts itself. */
    private static void reasons(ArrayNode reasons, Counters now, Counters minuteAgo) {
        for (Reason reason : Reason.values()) {
            long total = now.notDone(reason, false);
            if (total > 0) {
                reasons.addObject()
                        .put("reason", reason.label())
                        .put("total", total)
                        .put("lastMinute", total - minuteAgo.notDone(reason, false));
            }
        }
    }

    private static void forwards(ArrayNode forwards, Counters now, Counters minuteAgo) {
        now.forwards().all().forEach((peer, count) -> {
            ForwardCounts.Count before = minuteAgo.forwards().of(peer);
            forwards.addObject()
                    .put("peer", peer.value())
                    .put("sent", count.sent())
                    .put("done", count.done())
                    .put("refused", count.refused())
                    .put("lost", count.lost())
                    .put("lastMinute", count.sent() - before.sent());
        });
    }

    private void functions(ArrayNode list, NodeFacts facts) {
        for (NodeFacts.FunctionFacts function : facts.functions()) {
            FunctionTimes.Told told = functions.of(function.name());
            ObjectNode node = list.addObject()
                    .put("name", function.name().value())
                    .put("kind", function.kind())
                    .put("usable", function.usable())
                    .put("calls", told.executions())
                    .put("errors", told.errors())
                    .put("rate", told.perSecond())
                    .put("p50Millis", told.p50Millis())
                    .put("p99Millis", told.p99Millis());
            function.replicas()
                    .ifPresent(replicas ->
                            node.put("coldStarts", told.coldStarts()).put("replicas", replicas));
        }
    }

    private void slow(ArrayNode list, long nowNanos) {
        for (EndedCall call : slow.all()) {
            Reason reason = call.reason();
            ObjectNode node = list.addObject()
                    .put("id", call.id())
                    .put("function", call.function().value())
                    .put("agoMillis", TimeUnit.NANOSECONDS.toMillis(nowNanos - call.endedNanos()))
                    .put("totalMillis", call.totalNanos() / NANOS_PER_MILLI)
                    .put("state", call.state().name().toLowerCase(Locale.ROOT))
                    .put("reason", reason == null ? null : reason.label());
            ArrayNode path = node.putArray("path");
            call.path().forEach(id -> path.add(id.value()));
            EndedCall.Parts parts = call.parts();
            node.putObject("parts")
                    .put("decision", parts.decisionNanos() / NANOS_PER_MILLI)
                    .put("queue", parts.queueNanos() / NANOS_PER_MILLI)
                    .put("forward", parts.forwardNanos() / NANOS_PER_MILLI)
                    .put("run", parts.runNanos() / NANOS_PER_MILLI);
        }
    }

    /** The charts' numbers: the last quarter of an hour. */
    synchronized ObjectNode history() {
        ObjectNode history = JsonNodeFactory.instance.objectNode();
        history.put("stepMillis", TimeUnit.SECONDS.toMillis(Recent.STEP_SECONDS));
        ArrayNode offered = history.putArray("offered");
        ArrayNode done = history.putArray("done");
        ArrayNode notDone = history.putArray("notDone");
        ArrayNode p50 = history.putArray("p50");
        ArrayNode p99 = history.putArray("p99");
        ArrayNode queued = history.putArray("queued");
        ArrayNode running = history.putArray("running");
        for (Recent.Point point : recent.points()) {
            offered.add(point.offered());
            done.add(point.done());
            notDone.add(point.notDone());
            p50.add(point.p50Millis());
            p99.add(point.p99Millis());
            queued.add(point.queued());
            running.add(point.running());
        }
        return history;
    }
}
