package io.p2pfaas.load.live;

import io.p2pfaas.load.plan.Plan;
import java.time.Duration;

/**
 * The lengths of a run.
 *
 * @param warmup sent like the rest, before {@code duration}, and not counted
 * @param duration length of the counted part
 * @param drain longest wait for answers after it; what has not ended then is cut off
 * @param timeout longest time from sending a call to the last byte of its answer
 * @param maxInFlight calls due while so many are unanswered are not sent, and counted as such
 */
public record Pace(Duration warmup, Duration duration, Duration drain, Duration timeout, int maxInFlight) {
    public Pace {
        if (maxInFlight < 1) {
            throw new IllegalArgumentException("max-in-flight must be at least 1: " + maxInFlight);
        }
        if (duration.isNegative() || duration.isZero() || timeout.isNegative() || timeout.isZero()) {
            throw new IllegalArgumentException("duration and timeout must be above 0: " + duration + ", " + timeout);
        }
        if (warmup.isNegative() || drain.isNegative()) {
            throw new IllegalArgumentException("warm-up and drain must not be negative: " + warmup + ", " + drain);
        }
    }

    /** That of a plan, which waits for answers until the last call has timed out. */
    public static Pace of(Plan plan) {
        // Twice: a generator that is late sends its last call after the end.
        Duration drain = plan.timeout().multipliedBy(2).plus(plan.duration());
        return new Pace(plan.warmup(), plan.duration(), drain, plan.timeout(), plan.maxInFlight());
    }

    /** When the last call is due at the latest, from the start of the run. */
    long sendingNanos() {
        return warmup.plus(duration).toNanos();
    }

    /** When everything is over, from the start of the run. */
    long endNanos() {
        return sendingNanos() + drain.toNanos();
    }
}
