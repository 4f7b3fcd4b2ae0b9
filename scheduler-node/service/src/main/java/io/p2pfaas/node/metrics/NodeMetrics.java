package io.p2pfaas.node.metrics;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.p2pfaas.core.model.EndState;
import io.p2pfaas.core.model.Reason;
import io.p2pfaas.core.node.Counters;
import io.p2pfaas.core.node.NodeBrain;
import io.p2pfaas.core.policy.DecisionKind;
import io.p2pfaas.core.policy.PolicyFault;
import io.p2pfaas.node.loop.NodeLoop;
import io.p2pfaas.node.mqtt.LinkCounters;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.function.DoubleSupplier;
import java.util.function.ToDoubleFunction;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * Every metric of the node. Numbers come from the brain's own counters, copied in one moment per scrape, so that
 * {@code received = done + failed + rejected + expired + cancelled + handed on + in flight} holds in each. Made in the
 * background at start, since the registry takes a while to load; durations before that are not recorded.
 */
public final class NodeMetrics {
    private static final Duration[] BUCKETS = {
        Duration.ofNanos(500_000),
        Duration.ofMillis(1),
        Duration.ofMillis(2),
        Duration.ofMillis(5),
        Duration.ofMillis(10),
        Duration.ofMillis(20),
        Duration.ofMillis(50),
        Duration.ofMillis(100),
        Duration.ofMillis(200),
        Duration.ofMillis(500),
        Duration.ofSeconds(1),
        Duration.ofSeconds(2),
        Duration.ofSeconds(5),
        Duration.ofSeconds(10),
        Duration.ofSeconds(30)
    };

    private final NodeLoop loop;
    private final LinkCounters link;
    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final Timer localCalls;
    private final Timer remoteCalls;
    private final Timer executions;
    private volatile @Nullable MetricSnapshot snapshot;

    public NodeMetrics(NodeLoop loop, LinkCounters link) {
        this.loop = loop;
        this.link = link;
        localCalls = timer("p2pfaas.call.duration", "From arrival to answer, callers' calls", "where", "here");
        remoteCalls = timer("p2pfaas.call.duration", "From arrival to answer, callers' calls", "where", "away");
        executions = timer("p2pfaas.execution.duration", "Time that functions had calls on this node");
        calls(false, "caller");
        calls(true, "peer");
        for (Reason reason : Reason.values()) {
            counter(
                    "p2pfaas.calls.not.done",
                    "Calls not done, by reason",
                    brain -> brain.notDone(reason),
                    "reason",
                    reason.label());
        }
        counter("p2pfaas.forwards", "Calls sent to a chosen peer", Counters::forwardsSent);
        counter("p2pfaas.offers", "Calls offered to a spill group", Counters::offersSent);
        counter("p2pfaas.refusals", "Refusals that peers sent", Counters::refusalsHeard);
        counter("p2pfaas.no.taker", "Forwards and offers that reached nobody", Counters::foundNobody);
        counter("p2pfaas.handed.on", "Peers' calls handed on to a further node", Counters::handedOnCalls);
        counter("p2pfaas.probes", "Probes sent", Counters::probesSent);
        counter("p2pfaas.notices", "Notices sent to single peers", Counters::noticesSent);
        counter("p2pfaas.samples", "Load samples published", Counters::samplesSent);
        counter("p2pfaas.membership.changes", "Spill groups joined or left", Counters::membershipChanges);
        counter("p2pfaas.late.answers", "Answers that nobody waited for", Counters::lateAnswers);
        for (PolicyFault fault : PolicyFault.values()) {
            counter(
                    "p2pfaas.policy.faults",
                    "What the policy did wrong, by kind",
                    brain -> brain.policyFaults(fault),
                    "kind",
                    fault.label());
        }
        for (DecisionKind real : DecisionKind.values()) {
            if (real == DecisionKind.FAULT) {
                continue;
            }
            for (DecisionKind would : DecisionKind.values()) {
                counter(
                        "p2pfaas.shadow.decisions",
                        "What the shadow would have decided beside what was decided, since it became the shadow",
                        brain -> brain.shadow().of(real, would),
                        "real",
                        real.label(),
                        "shadow",
                        would.label());
            }
        }
        counter(
                "p2pfaas.shadow.same.peer",
                "Forwards where the shadow chose the same peer",
                brain -> brain.shadow().samePeer());
        counter("p2pfaas.executions", "Executions that ended on this node", Counters::executedHere);
        linkMetrics();
        load();
    }

    private void calls(boolean peers, String source) {
        counter("p2pfaas.calls.received", "Calls that arrived", brain -> brain.receivedFrom(peers), "source", source);
        for (EndState state : EndState.values()) {
            counter(
                    "p2pfaas.calls.ended",
                    "Calls by the state in which they ended",
                    brain -> brain.endedIn(state, peers),
                    "source",
                    source,
                    "state",
                    state.name().toLowerCase(Locale.ROOT));
        }
        gauge("p2pfaas.calls.in.flight", "Calls that have not ended", s -> s.inFlight(peers), "source", source);
    }

    private void load() {
        gauge("p2pfaas.running", "Calls that hold a slot", s -> s.load().running());
        gauge("p2pfaas.slots", "Slots", s -> s.load().slots());
        gauge("p2pfaas.queued", "Calls that wait for a slot", s -> s.load().queued());
        gauge("p2pfaas.queue.max", "Places in the queue", s -> s.load().queueMax());
        gauge("p2pfaas.peers", "Peers that are there", MetricSnapshot::peers);
        gauge("p2pfaas.link.up", "1 if the broker link is up", s -> s.linkUp() ? 1 : 0);
        gauge(
                "p2pfaas.link.round.trip.seconds",
                "Smoothed publish acknowledgement time; 0 if none lately",
                s -> (double) s.linkRoundTripNanos() / TimeUnit.SECONDS.toNanos(1));
    }

    private void linkMetrics() {
        FunctionCounter.builder("p2pfaas.link.connects", link, LinkCounters::connects)
                .description("Times that the broker link came up")
                .register(registry);
        FunctionCounter.builder("p2pfaas.link.malformed", link, LinkCounters::malformed)
                .description("Messages that made no sense")
                .register(registry);
        FunctionCounter.builder("p2pfaas.link.repeated", link, LinkCounters::repeated)
                .description("Messages that had been here before")
                .register(registry);
        FunctionCounter.builder("p2pfaas.link.unanswerable", link, LinkCounters::unanswerable)
                .description("Calls not taken, since their response topic is not allowed")
                .register(registry);
        FunctionCounter.builder("p2pfaas.link.config.refused", link, LinkCounters::configRefused)
                .description("Messages that should have changed the configuration and did not")
                .register(registry);
        FunctionCounter.builder("p2pfaas.link.mapped.failed", link, LinkCounters::mappedFailed)
                .description("Messages on mapped topics that failed and named no response topic")
                .register(registry);
        for (String limit : link.limits()) {
            FunctionCounter.builder("p2pfaas.link.limited", link, counters -> counters.limited(limit))
                    .description("Calls refused since their device was above a limit")
                    .tags("limit", limit)
                    .register(registry);
        }
        FunctionCounter.builder("p2pfaas.link.answers.dropped", link, LinkCounters::answersDropped)
                .description("Answers that could not be delivered in time")
                .register(registry);
    }

    private Timer timer(String name, String description, String... tags) {
        return Timer.builder(name)
                .description(description)
                .tags(tags)
                .serviceLevelObjectives(BUCKETS)
                .register(registry);
    }

    private void counter(String name, String description, ToDoubleFunction<MetricSnapshot> value, Tags tags) {
        FunctionCounter.builder(name, this, metrics -> value.applyAsDouble(metrics.current()))
                .description(description)
                .tags(tags)
                .register(registry);
    }

    private void counter(String name, String description, ToLongFunction<Counters> value, String... tags) {
        counter(name, description, snapshot -> value.applyAsLong(snapshot.counters()), Tags.of(tags));
    }

    private void gauge(String name, String description, ToDoubleFunction<MetricSnapshot> value, String... tags) {
        Gauge.builder(name, this, metrics -> value.applyAsDouble(metrics.current()))
                .description(description)
                .tags(tags)
                .register(registry);
    }

    /** A counter that another part keeps. */
    public void counter(String name, String description, DoubleSupplier value, String... tags) {
        // The registry holds its object weakly: not the supplier, which nobody else may hold.
        FunctionCounter.builder(name, this, ignored -> value.getAsDouble())
                .description(description)
                .tags(tags)
                .register(registry);
    }

    /** A caller's call was answered. */
    public void answered(boolean remote, long totalNanos) {
        (remote ? remoteCalls : localCalls).record(totalNanos, TimeUnit.NANOSECONDS);
    }

    /** An execution ended. */
    public void executed(long nanos) {
        executions.record(nanos, TimeUnit.NANOSECONDS);
    }

    /** All metrics in the Prometheus text format. One scrape at a time. */
    public synchronized String scrape() {
        snapshot = loop.look(NodeMetrics::copy);
        return registry.scrape();
    }

    private static MetricSnapshot copy(NodeBrain brain) {
        return new MetricSnapshot(
                brain.counters().copy(), brain.load(), brain.peerCount(), brain.isLinkUp(), brain.linkRoundTripNanos());
    }

    private MetricSnapshot current() {
        MetricSnapshot taken = snapshot;
        if (taken == null) {
            taken = loop.look(NodeMetrics::copy);
            snapshot = taken;
        }
        return taken;
    }
}
