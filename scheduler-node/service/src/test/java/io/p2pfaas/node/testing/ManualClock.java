package io.p2pfaas.node.testing;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/** Monotonic nanoseconds that pass when the test says so. Thread-safe. */
public final class ManualClock implements LongSupplier {
    /** Not zero: a moment that somebody forgot to set must not look like the start. */
    private final AtomicLong nowNanos = new AtomicLong(Duration.ofHours(1).toNanos());

    @Override
    public long getAsLong() {
        return nowNanos.get();
    }

    /** Lets time pass. */
    public void advance(Duration time) {
        nowNanos.addAndGet(time.toNanos());
    }
}
