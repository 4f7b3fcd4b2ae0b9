package io.p2pfaas.load.live;

import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How long a node executed calls, as it says itself.
 *
 * @param executionNanos of each call that was done, in the order in which they ended
 * @param failures calls that were not done, by what was the matter
 * @param callers calls that were under way at once
 * @param elapsedNanos from the first call to the last answer
 */
public record ServiceTimes(List<Long> executionNanos, Map<String, Long> failures, int callers, long elapsedNanos) {
    private static final double NANOS_PER_SECOND = 1e9;

    public ServiceTimes {
        executionNanos = List.copyOf(executionNanos);
        failures = Collections.unmodifiableMap(new LinkedHashMap<>(failures));
    }

    /** S, in nanoseconds; NaN without calls. */
    public double meanNanos() {
        return executionNanos.stream().mapToLong(Long::longValue).average().orElse(Double.NaN);
    }

    /** Standard deviation over mean: 1 for exponential times, 0 for equal ones; NaN for fewer than two calls. */
    public double variation() {
        double mean = meanNanos();
        double squares = executionNanos.stream()
                .mapToDouble(nanos -> (nanos - mean) * (nanos - mean))
                .sum();
        return executionNanos.size() < 2 ? Double.NaN : Math.sqrt(squares / (executionNanos.size() - 1)) / mean;
    }

    /** The smallest time that is not below this share of all (nearest rank); 0 without calls. */
    public long percentileNanos(double percent) {
        long[] sorted = executionNanos.stream().mapToLong(Long::longValue).toArray();
        Arrays.sort(sorted);
        int rank = (int) Math.ceil(percent / 100 * sorted.length);
        return sorted.length == 0 ? 0 : sorted[Math.max(0, rank - 1)];
    }

    /** Calls per second that one slot can execute: 1 / S. */
    public double ratePerSlot() {
        return NANOS_PER_SECOND / meanNanos();
    }

    /** Calls per second that were really done, with what lies between caller and function. */
    public double throughput() {
        return executionNanos.size() * NANOS_PER_SECOND / elapsedNanos;
    }
}
