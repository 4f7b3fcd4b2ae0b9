package io.p2pfaas.load.live;

import java.util.Comparator;
import java.util.PriorityQueue;

/** A clock that stands still but for waiting, and runs what was planned for the instants it passes. One thread. */
final class ManualClock implements Clock {
    /** Not zero: nobody may rely on where a monotonic clock starts. */
    private long nanos = 77_000_000_000L;

    private final PriorityQueue<Planned> planned =
            new PriorityQueue<>(Comparator.comparingLong(Planned::atNanos).thenComparingLong(Planned::order));
    private long order;

    private record Planned(long atNanos, long order, Runnable action) {}

    @Override
    public long nanos() {
        return nanos;
    }

    @Override
    public void waitUntil(long instantNanos) {
        for (Planned first = planned.peek(); first != null && first.atNanos() <= instantNanos; first = planned.peek()) {
            planned.remove();
            nanos = Math.max(nanos, first.atNanos());
            first.action().run();
        }
        nanos = Math.max(nanos, instantNanos);
    }

    /** Runs {@code action} when the time has come. */
    void at(long instantNanos, Runnable action) {
        planned.add(new Planned(instantNanos, order++, action));
    }

    /** Time that passes while the caller does something else than waiting. */
    void pass(long durationNanos) {
        nanos += durationNanos;
    }
}
