package io.p2pfaas.load.arrivals;

import java.time.Duration;
import java.util.Arrays;
import java.util.PrimitiveIterator;
import java.util.random.RandomGeneratorFactory;

/**
 * The instants at which calls are due, all drawn before the run, so that nothing that happens during the run can
 * change them. Immutable.
 */
public final class Schedule {
    /** Most calls in a schedule: 80 MB of instants. Longer experiments are several runs. */
    public static final int MAX_CALLS = 10_000_000;

    private final long[] dueNanos;

    private Schedule(long[] dueNanos) {
        this.dueNanos = dueNanos;
    }

    /**
     * Draws the arrivals in the first {@code length}, its end excluded. Same arguments, same schedule, on every JDK.
     *
     * @throws IllegalArgumentException when there would be more than {@link #MAX_CALLS}
     */
    public static Schedule draw(ArrivalProcess arrivals, Duration length, long seed) {
        long endNanos = length.toNanos();
        PrimitiveIterator.OfLong instants = arrivals.instantsNanos(
                RandomGeneratorFactory.of("L64X128MixRandom").create(seed));
        long[] drawn = new long[1024];
        int calls = 0;
        for (long due = instants.nextLong(); due < endNanos; due = instants.nextLong()) {
            if (calls == MAX_CALLS) {
                throw new IllegalArgumentException("more than " + MAX_CALLS + " calls: " + arrivals.ratePerSecond()
                        + " per second for " + length.toSeconds() + " s");
            }
            if (calls == drawn.length) {
                drawn = Arrays.copyOf(drawn, 2 * calls);
            }
            drawn[calls++] = due;
        }
        return new Schedule(Arrays.copyOf(drawn, calls));
    }

    /** No calls: a node that nobody calls. */
    public static Schedule none() {
        return new Schedule(new long[0]);
    }

    /** Number of calls. */
    public int size() {
        return dueNanos.length;
    }

    /** When call number {@code call} (from 0) is due, in nanoseconds from the start. */
    public long dueNanos(int call) {
        return dueNanos[call];
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Schedule that && Arrays.equals(dueNanos, that.dueNanos);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(dueNanos);
    }

    @Override
    public String toString() {
        return "Schedule of " + dueNanos.length + " calls";
    }
}
