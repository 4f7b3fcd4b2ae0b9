package io.p2pfaas.node.watch;

import io.p2pfaas.core.model.FunctionName;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/** How the functions of this node did: executions, errors, rate and latencies. Recording may be done by any thread. */
final class FunctionTimes {
    private static final int STEP_SECONDS = 5;
    private static final int STEPS = 2;

    private final Map<FunctionName, Times> byName = new ConcurrentHashMap<>();
    private long seconds;

    private static final class Times {
        final LongAdder executions = new LongAdder();
        final LongAdder errors = new LongAdder();
        final LongAdder coldStarts = new LongAdder();
        final Latencies latencies = new Latencies(STEPS);
    }

    /**
     * What is told of one function.
     *
     * @param executions since it is here
     * @param errors of these, broken ones and answers with a status from 500 on
     * @param coldStarts instances that were started since it is here
     * @param perSecond over the last seconds
     * @param p50Millis of the last seconds; null if nothing ran
     */
    record Told(
            long executions,
            long errors,
            long coldStarts,
            double perSecond,
            @Nullable Double p50Millis,
            @Nullable Double p99Millis) {
        static final Told NOTHING = new Told(0, 0, 0, 0, null, null);
    }

    /** Only functions that are deployed here run here, so the names are few. */
    void executed(FunctionName function, boolean failed, long nanos) {
        Times times = times(function);
        times.executions.increment();
        if (failed) {
            times.errors.increment();
        }
        times.latencies.record(nanos);
    }

    /** A new instance takes calls. */
    void coldStart(FunctionName function) {
        times(function).coldStarts.increment();
    }

    private Times times(FunctionName function) {
        return byName.computeIfAbsent(function, name -> new Times());
    }

    /** A second is over; functions that are gone are forgotten. */
    void tick(Set<FunctionName> deployed) {
        byName.keySet().retainAll(deployed);
        seconds++;
        if (seconds % STEP_SECONDS == 0) {
            byName.values().forEach(times -> times.latencies.tick());
        }
    }

    Told of(FunctionName function) {
        Times times = byName.get(function);
        if (times == null) {
            return Told.NOTHING;
        }
        Histogram lately = times.latencies.last(STEPS);
        return new Told(
                times.executions.sum(),
                times.errors.sum(),
                times.coldStarts.sum(),
                (double) lately.getTotalCount() / (STEPS * STEP_SECONDS),
                Latencies.millis(lately, 50),
                Latencies.millis(lately, 99));
    }
}
