package io.p2pfaas.node.metrics;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Timer;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import java.util.Arrays;
import java.util.function.DoubleSupplier;

/**
 * Where metrics are registered. A name with dots becomes one with underscores; counters get {@code _total}, timers
 * {@code _seconds}.
 */
final class Meters {
    /** What OpenTelemetry says for the durations of functions, in milliseconds. */
    static final Duration[] FAAS_BUCKETS =
            millis(5, 10, 25, 50, 75, 100, 250, 500, 750, 1000, 2500, 5000, 7500, 10_000);

    /** Finer where calls are quick, and up to a call's usual budget. */
    static final Duration[] CALL_BUCKETS = buckets();

    final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);

    private static Duration[] millis(long... bounds) {
        return Arrays.stream(bounds).mapToObj(Duration::ofMillis).toArray(Duration[]::new);
    }

    private static Duration[] buckets() {
        Duration[] whole = millis(0, 1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10_000, 30_000);
        whole[0] = Duration.ofNanos(500_000);
        return whole;
    }

    Timer timer(String name, String description, Duration[] buckets, String... tags) {
        return Timer.builder(name)
                .description(description)
                .tags(tags)
                .serviceLevelObjectives(buckets)
                .register(registry);
    }

    /** What is counted elsewhere. The registry holds its object weakly: not the supplier, which nobody else may hold. */
    Meter counter(String name, String description, DoubleSupplier value, String... tags) {
        return FunctionCounter.builder(name, this, ignored -> value.getAsDouble())
                .description(description)
                .tags(tags)
                .register(registry);
    }

    void gauge(String name, String description, DoubleSupplier value, String... tags) {
        Gauge.builder(name, this, ignored -> value.getAsDouble())
                .description(description)
                .tags(tags)
                .register(registry);
    }
}
