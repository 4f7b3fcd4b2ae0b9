package io.p2pfaas.node.trace;

import java.util.function.LongSupplier;

/**
 * Times of the monotonic clock as times of day. All of a node's are told from one anchor, so that what happened later is
 * told later; only when the machine's clock was set meanwhile, as small machines do some time after their start, a new
 * anchor is taken.
 */
final class WallClock {
    private static final long SET_NANOS = 100_000_000;

    private final LongSupplier monotonic;
    private final LongSupplier wall;
    private volatile long offset;

    /** Both in nanoseconds. */
    WallClock(LongSupplier monotonic, LongSupplier wall) {
        this.monotonic = monotonic;
        this.wall = wall;
        this.offset = wall.getAsLong() - monotonic.getAsLong();
    }

    /** What is to be added to monotonic times of one call, all of them, to have them since 1970. */
    long offset() {
        long now = wall.getAsLong() - monotonic.getAsLong();
        if (Math.abs(now - offset) > SET_NANOS) {
            offset = now;
        }
        return offset;
    }
}
