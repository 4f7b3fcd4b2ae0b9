package io.p2pfaas.node.app;

import io.p2pfaas.node.metrics.NodeMetrics;
import io.p2pfaas.node.runtime.docker.ContainerCounters;
import java.util.concurrent.TimeUnit;

/** What happened to containers, as metrics. */
final class ContainerMetrics {
    private static final double NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final String STARTS = "p2pfaas.container.starts";
    private static final String STARTS_TEXT = "Containers that were made, by whether they took calls";
    private static final String TIME = "p2pfaas.container.start.seconds";
    private static final String TIME_TEXT = "Time that cold starts took, by part";

    private ContainerMetrics() {}

    static void register(NodeMetrics metrics, ContainerCounters counters) {
        metrics.counter(STARTS, STARTS_TEXT, counters::coldStarts, "result", "ready");
        metrics.counter(STARTS, STARTS_TEXT, counters::failedStarts, "result", "failed");
        metrics.counter(TIME, TIME_TEXT, () -> counters.createNanos() / NANOS, "part", "create");
        metrics.counter(TIME, TIME_TEXT, () -> counters.startNanos() / NANOS, "part", "start");
        metrics.counter(TIME, TIME_TEXT, () -> counters.readyNanos() / NANOS, "part", "ready");
        metrics.counter("p2pfaas.container.pauses", "Containers frozen since they had no call", counters::pauses);
        metrics.counter("p2pfaas.container.unpauses", "Containers woken for a call", counters::unpauses);
        metrics.counter("p2pfaas.container.crashes", "Containers that ended by themselves", counters::crashes);
        metrics.counter(
                "p2pfaas.container.out.of.memory",
                "Times that a container was killed in for want of memory",
                counters::outOfMemory);
        metrics.counter("p2pfaas.container.removals", "Containers removed", counters::removals);
        metrics.counter(
                "p2pfaas.container.adoptions", "Containers taken over from before a restart", counters::adoptions);
    }
}
