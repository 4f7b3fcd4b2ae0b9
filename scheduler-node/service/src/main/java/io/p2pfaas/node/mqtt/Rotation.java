package io.p2pfaas.node.mqtt;

import java.util.OptionalLong;
import java.util.function.BooleanSupplier;
import java.util.function.LongUnaryOperator;

/**
 * When to look at the files with keys and certificates, and when to connect anew because they have changed: after a pause
 * drawn from 0 to a bound, since the files of many nodes tend to be replaced at one time. Not thread-safe.
 */
final class Rotation {
    static final long LOOK_NANOS = 10_000_000_000L;

    private final BooleanSupplier look;
    private final Runnable connectAnew;
    private final long maxPauseNanos;
    private final LongUnaryOperator random;
    private long nextLookNanos;
    private OptionalLong dueNanos = OptionalLong.empty();

    /**
     * @param look whether there is something new in the files
     * @param random gives a number from 0 to its argument, both included
     */
    Rotation(BooleanSupplier look, Runnable connectAnew, long maxPauseNanos, LongUnaryOperator random, long nowNanos) {
        this.look = look;
        this.connectAnew = connectAnew;
        this.maxPauseNanos = maxPauseNanos;
        this.random = random;
        this.nextLookNanos = nowNanos + LOOK_NANOS;
    }

    /** Does what is due; returns after how many nanoseconds to come back. */
    long onTime(long nowNanos) {
        if (nowNanos - nextLookNanos >= 0) {
            nextLookNanos = nowNanos + LOOK_NANOS;
            if (look.getAsBoolean() && dueNanos.isEmpty()) {
                dueNanos = OptionalLong.of(nowNanos + random.applyAsLong(maxPauseNanos));
            }
        }
        if (dueNanos.isPresent() && nowNanos - dueNanos.getAsLong() >= 0) {
            dueNanos = OptionalLong.empty();
            connectAnew.run();
        }
        long untilLook = nextLookNanos - nowNanos;
        return dueNanos.isPresent() ? Math.min(untilLook, dueNanos.getAsLong() - nowNanos) : untilLook;
    }
}
