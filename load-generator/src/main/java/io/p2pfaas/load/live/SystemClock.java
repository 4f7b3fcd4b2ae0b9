package io.p2pfaas.load.live;

import java.util.concurrent.locks.LockSupport;

/** The clock of the machine. */
public final class SystemClock implements Clock {
    /**
     * How much earlier than asked we park. Linux delivers a timer up to its slack of 50 us late; the rest, usually
     * nothing, is spent spinning, so that the generator's own lateness stays out of the latencies.
     */
    private static final long TIMER_SLACK_NANOS = 60_000;

    @Override
    public long nanos() {
        return System.nanoTime();
    }

    @Override
    public void waitUntil(long instantNanos) {
        long remaining = instantNanos - System.nanoTime();
        if (remaining > TIMER_SLACK_NANOS) {
            LockSupport.parkNanos(remaining - TIMER_SLACK_NANOS);
            if (instantNanos - System.nanoTime() > TIMER_SLACK_NANOS) {
                return;
            }
        }
        while (System.nanoTime() - instantNanos < 0) {
            Thread.onSpinWait();
        }
    }
}
