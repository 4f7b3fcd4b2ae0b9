package io.p2pfaas.node.metrics;

import io.micrometer.core.instrument.Timer;
import io.p2pfaas.core.model.FunctionName;
import io.p2pfaas.node.loop.NodeLoop;
import io.p2pfaas.node.mqtt.LinkCounters;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.DoubleSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Every metric of the node. Numbers come from the brain's own counters, copied in one moment per scrape, so that
 * {@code received = done + failed + rejected + expired + cancelled + handed on + in flight} holds in each. Made in the
 * background at start, since the registry takes a while to load; durations before that are not recorded.
 */
public final class NodeMetrics implements AutoCloseable {
    private static final String TEXT = "text/plain; version=0.0.4; charset=utf-8";
    private static final String OPEN_METRICS = "application/openmetrics-text; version=1.0.0; charset=utf-8";
    private static final String OPEN_METRICS_TYPE = "application/openmetrics-text";

    private final NodeLoop loop;
    private final long staleAfterNanos;
    private final Meters meters = new Meters();
    private final Timer localCalls;
    private final Timer remoteCalls;
    private final Timer executions;
    private final Timer decisions;
    private final Timer queueing;
    private final Timer forwarding;
    private final Timer running;
    private final FunctionMetrics functions;
    private final PeerMetrics peers;
    private final ProcessMetrics process;
    private volatile @Nullable MetricSnapshot snapshot;

    /**
     * Where the numbers come from that the loop does not have.
     *
     * @param staleAfterNanos from this age on a sample counts as none
     * @param deployed the functions of this node; asked at each scrape
     */
    public record Sources(
            LinkCounters link,
            long staleAfterNanos,
            FunctionTotals functions,
            Supplier<List<FunctionOnNode>> deployed) {}

    public NodeMetrics(NodeLoop loop, Sources sources) {
        this.loop = loop;
        this.staleAfterNanos = sources.staleAfterNanos();
        localCalls = callTimer("where", "here");
        remoteCalls = callTimer("where", "away");
        executions = meters.timer(
                "p2pfaas.execution.duration", "Time that functions had calls on this node", Meters.CALL_BUCKETS);
        decisions = phaseTimer("decision");
        queueing = phaseTimer("queue");
        forwarding = phaseTimer("forward");
        running = phaseTimer("run");
        BrainMetrics.register(meters, this::current);
        LinkMetrics.register(meters, sources.link());
        functions = new FunctionMetrics(meters, sources.functions(), sources.deployed());
        peers = new PeerMetrics(meters, this::current);
        process = new ProcessMetrics(meters);
    }

    private Timer callTimer(String... tags) {
        return meters.timer(
                "p2pfaas.call.duration", "From arrival to answer, callers' calls", Meters.CALL_BUCKETS, tags);
    }

    private Timer phaseTimer(String phase) {
        return meters.timer(
                "p2pfaas.call.phase.duration",
                "Where the time of callers' calls went",
                Meters.CALL_BUCKETS,
                "phase",
                phase);
    }

    /** A counter that another part keeps. */
    public void counter(String name, String description, DoubleSupplier value, String... tags) {
        meters.counter(name, description, value, tags);
    }

    /** A number that goes up and down, of another part. */
    public void gauge(String name, String description, DoubleSupplier value, String... tags) {
        meters.gauge(name, description, value, tags);
    }

    /** A caller's call was answered. */
    public void answered(boolean remote, long totalNanos) {
        (remote ? remoteCalls : localCalls).record(totalNanos, TimeUnit.NANOSECONDS);
    }

    /** Where the time of a caller's call went. */
    public void phases(long decisionNanos, long queueNanos, long forwardNanos, long runNanos) {
        decisions.record(decisionNanos, TimeUnit.NANOSECONDS);
        queueing.record(queueNanos, TimeUnit.NANOSECONDS);
        forwarding.record(forwardNanos, TimeUnit.NANOSECONDS);
        running.record(runNanos, TimeUnit.NANOSECONDS);
    }

    /** An execution ended. */
    public void executed(FunctionName function, long nanos) {
        executions.record(nanos, TimeUnit.NANOSECONDS);
        functions.executed(function, nanos);
    }

    /** A new instance of a function takes calls, so long after it was wanted. */
    public void coldStart(FunctionName function, long nanos) {
        functions.started(function, nanos);
    }

    /**
     * All metrics. One scrape at a time.
     *
     * @param accept what the client takes, as in HTTP; OpenMetrics if it names that, else Prometheus's text format
     */
    public synchronized Exposition scrape(String accept) {
        snapshot = look();
        functions.update();
        peers.update();
        String type = accept.contains(OPEN_METRICS_TYPE) ? OPEN_METRICS : TEXT;
        return new Exposition(type, meters.registry.scrape(type));
    }

    private MetricSnapshot look() {
        return loop.look(brain -> MetricSnapshot.of(brain, staleAfterNanos, loop.nowNanos()));
    }

    private MetricSnapshot current() {
        MetricSnapshot taken = snapshot;
        if (taken == null) {
            taken = look();
            snapshot = taken;
        }
        return taken;
    }

    /** Listens to the JVM no more. */
    @Override
    public void close() {
        process.close();
    }
}
