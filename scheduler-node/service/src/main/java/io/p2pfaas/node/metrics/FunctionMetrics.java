package io.p2pfaas.node.metrics;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import io.p2pfaas.core.model.FunctionName;
import io.p2pfaas.node.metrics.FunctionTotals.Ended;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;

/**
 * The functions of this node, in the words of OpenTelemetry's conventions for functions as a service. The label has the
 * functions that are deployed here, those of a former definition included.
 */
final class FunctionMetrics {
    private static final String LABEL = "faas.invoked_name";
    private static final String INVOKE = "faas.invoke_duration";
    private static final String INVOKE_TEXT = "Time that a function had a call";
    private static final String INIT = "faas.init_duration";
    private static final String INIT_TEXT = "Time until a new instance of a function took calls";

    private final Meters meters;
    private final FunctionTotals totals;
    private final Supplier<List<FunctionOnNode>> deployed;
    private final MultiGauge usable;
    private final MultiGauge replicas;
    private final Map<String, Timer> invocations = new ConcurrentHashMap<>();
    private final Map<String, Timer> starts = new ConcurrentHashMap<>();
    private final Map<String, List<Meter>> counters = new HashMap<>();

    FunctionMetrics(Meters meters, FunctionTotals totals, Supplier<List<FunctionOnNode>> deployed) {
        this.meters = meters;
        this.totals = totals;
        this.deployed = deployed;
        usable = MultiGauge.builder("p2pfaas.function.usable")
                .description("1 if calls of the function can be run here just now")
                .register(meters.registry);
        replicas = MultiGauge.builder("p2pfaas.function.replicas")
                .description("Instances of a function that can take calls")
                .register(meters.registry);
    }

    void executed(FunctionName function, long nanos) {
        timer(invocations, INVOKE, INVOKE_TEXT, function).record(nanos, TimeUnit.NANOSECONDS);
    }

    void started(FunctionName function, long nanos) {
        timer(starts, INIT, INIT_TEXT, function).record(nanos, TimeUnit.NANOSECONDS);
    }

    private Timer timer(Map<String, Timer> timers, String name, String text, FunctionName function) {
        return timers.computeIfAbsent(
                totals.label(function), label -> meters.timer(name, text, Meters.FAAS_BUCKETS, LABEL, label));
    }

    private void begin(FunctionOnNode function) {
        timer(invocations, INVOKE, INVOKE_TEXT, function.name());
        if (function.replicas().isPresent()) {
            timer(starts, INIT, INIT_TEXT, function.name());
        }
    }

    /** To be called before each scrape. */
    void update() {
        List<FunctionOnNode> here = deployed.get();
        totals.keepOnly(here.stream().map(FunctionOnNode::name).toList());
        // From zero on, or the first execution would not be seen as a rise.
        here.forEach(this::begin);
        Set<String> labels = totals.labels();
        labels.forEach(label -> counters.computeIfAbsent(label, this::register));
        counters.entrySet().removeIf(entry -> {
            boolean isGone = !labels.contains(entry.getKey());
            if (isGone) {
                entry.getValue().forEach(meters.registry::remove);
            }
            return isGone;
        });
        forget(invocations, labels);
        forget(starts, labels);
        usable.register(
                here.stream()
                        .limit(FunctionTotals.MAX_NAMES)
                        .map(function -> MultiGauge.Row.of(tags(function), function.usable() ? 1 : 0))
                        .collect(Collectors.toList()),
                true);
        replicas.register(
                here.stream()
                        .limit(FunctionTotals.MAX_NAMES)
                        .filter(function -> function.replicas().isPresent())
                        .map(function -> MultiGauge.Row.of(
                                tags(function), function.replicas().getAsInt()))
                        .collect(Collectors.toList()),
                true);
    }

    private static Tags tags(FunctionOnNode function) {
        return Tags.of(LABEL, function.name().value());
    }

    private void forget(Map<String, Timer> timers, Set<String> labels) {
        timers.entrySet().removeIf(entry -> {
            boolean isGone = !labels.contains(entry.getKey());
            if (isGone) {
                meters.registry.remove(entry.getValue());
            }
            return isGone;
        });
    }

    private List<Meter> register(String label) {
        return List.of(
                counter("faas.invocations", "Executions that ended well", label, all -> all.ended(Ended.WELL)),
                counter(
                        "faas.errors",
                        "Executions that failed, or were answered with a status from 500 on",
                        label,
                        all -> all.ended(Ended.WITH_ERROR)),
                counter("faas.timeouts", "Executions whose time was up", label, all -> all.ended(Ended.TOO_LATE)),
                counter(
                        "faas.coldstarts",
                        "New instances of a function that took calls",
                        label,
                        FunctionTotals.Totals::coldStarts));
    }

    private Meter counter(String name, String text, String label, ToLongFunction<FunctionTotals.Totals> part) {
        return meters.counter(name, text, () -> part.applyAsLong(totals.of(label)), LABEL, label);
    }
}
