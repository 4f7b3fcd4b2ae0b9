package io.p2pfaas.node.runtime.docker;

import java.time.Duration;
import java.util.Locale;

/**
 * When instances may be started again after they failed: 0.5 s after the first failure, twice as long after each further
 * one, 30 s at most. An instance that ran is replaced at once when it breaks for the first time: a call that asks for too
 * much memory must not keep the next one waiting. Not thread-safe.
 */
final class StartBackOff {
    private static final long FIRST_NANOS = Duration.ofMillis(500).toNanos();
    private static final long LONGEST_NANOS = Duration.ofSeconds(30).toNanos();
    /** An instance that lived so long was sound. */
    private static final long SOUND_NANOS = Duration.ofSeconds(10).toNanos();

    private int failures;
    private boolean waiting;
    private long untilNanos;

    /** An instance did not get as far as taking calls. */
    void startFailed(long now) {
        // Instances that were started together fail together: that is one failure.
        if (mayStart(now)) {
            failures++;
            waitFor(now, delayNanos(failures));
        }
    }

    /** An instance that took calls ended by itself. */
    void crashed(long livedNanos, long now) {
        if (livedNanos >= SOUND_NANOS) {
            failures = 0;
        }
        if (mayStart(now)) {
            waitFor(now, delayNanos(failures));
            failures++;
        }
    }

    /** A call was answered, or everything is different now. */
    void succeeded() {
        failures = 0;
        waiting = false;
    }

    boolean mayStart(long now) {
        if (waiting && now >= untilNanos) {
            waiting = false;
        }
        return !waiting;
    }

    /** Only sensible while {@link #mayStart} says no. */
    long untilNanos() {
        return untilNanos;
    }

    /** A failure that also says when it is tried again; only sensible while {@link #mayStart} says no. */
    Failure withNextTry(Failure why, long now) {
        double seconds = Math.max(0, untilNanos - now) / 1e9;
        String stop = why.text().endsWith(".") ? "" : ".";
        return new Failure(
                why.reason(), why.text() + stop + String.format(Locale.ROOT, " It is tried again in %.1f s.", seconds));
    }

    private void waitFor(long now, long delayNanos) {
        waiting = delayNanos > 0;
        untilNanos = now + delayNanos;
    }

    private static long delayNanos(int failures) {
        if (failures == 0) {
            return 0;
        }
        int doublings = Math.min(failures - 1, 10);
        return Math.min(FIRST_NANOS << doublings, LONGEST_NANOS);
    }
}
