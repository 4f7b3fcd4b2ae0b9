package io.p2pfaas.load.live;

/** Time that passes by itself. */
public interface Clock {
    /** A monotonic instant in nanoseconds; only differences mean something. Any thread. */
    long nanos();

    /** Returns at {@code instantNanos}, or earlier when there may be something to do; at once if it has passed. */
    void waitUntil(long instantNanos);
}
