package io.p2pfaas.load.plan;

import io.p2pfaas.load.arrivals.ArrivalProcess;
import io.p2pfaas.load.arrivals.Schedule;
import java.net.URI;
import java.time.Duration;
import java.util.List;

/**
 * One open-loop run against addresses.
 *
 * @param targets calls are dealt to them round robin
 * @param warmup sent like the rest, before {@code duration}, and not counted
 * @param duration length of the counted part
 * @param timeout longest time from sending a call to the last byte of its answer
 * @param seed of the arrivals
 * @param maxInFlight calls due while so many are unanswered are not sent, and counted as such
 */
public record Plan(
        List<URI> targets,
        CallTemplate call,
        ArrivalProcess arrivals,
        Duration warmup,
        Duration duration,
        Duration timeout,
        long seed,
        int maxInFlight) {
    private static final Duration LONGEST = Duration.ofDays(7);

    public Plan {
        targets = List.copyOf(targets);
        if (targets.isEmpty()) {
            throw new IllegalArgumentException("at least one url is needed");
        }
        targets.forEach(Plan::checkTarget);
        check("duration", duration, Duration.ofNanos(1));
        check("timeout", timeout, Duration.ofMillis(1));
        check("warmup", warmup, Duration.ZERO);
        if (maxInFlight < 1) {
            throw new IllegalArgumentException("max-in-flight must be at least 1: " + maxInFlight);
        }
    }

    private static void checkTarget(URI target) {
        boolean http = "http".equalsIgnoreCase(target.getScheme()) || "https".equalsIgnoreCase(target.getScheme());
        if (!http || target.getHost() == null || target.getRawUserInfo() != null) {
            throw new IllegalArgumentException(
                    "not an http url with a host: '" + target + "', example http://127.0.0.1:18080/function/echo");
        }
    }

    private static void check(String name, Duration value, Duration least) {
        if (value.compareTo(least) < 0 || value.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException(name + " must be between " + least + " and " + LONGEST + ": " + value);
        }
    }

    /** Draws all arrivals, those of the warm-up included. */
    public Schedule schedule() {
        return Schedule.draw(arrivals, warmup.plus(duration), seed);
    }

    /** Where call number {@code call} goes. */
    public URI targetOf(int call) {
        return targets.get(call % targets.size());
    }
}
