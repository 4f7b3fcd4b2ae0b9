package io.p2pfaas.node.watch;

import io.p2pfaas.core.model.EndState;
import io.p2pfaas.core.model.Load;
import io.p2pfaas.core.node.Counters;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/**
 * The node's numbers, once a second: of the last minute to say what is new, and of the last quarter of an hour in steps,
 * for charts. Not thread-safe.
 */
final class Recent {
    static final int STEP_SECONDS = 5;
    static final int POINTS = 180;
    static final int MINUTE = 60;
    private static final int LATELY = 10;

    /**
     * One step of the chart.
     *
     * @param offered callers' calls that came in it
     * @param notDone callers' calls that ended in it otherwise than done
     * @param queued calls that waited at its end
     */
    record Point(
            long offered,
            long done,
            long notDone,
            @Nullable Double p50Millis,
            @Nullable Double p99Millis,
            int queued,
            int running) {}

    /** Callers' calls per second. */
    record Rates(double received, double done, double notDone) {}

    private final Latencies latencies = new Latencies(LATELY);
    /** The newest first. */
    private final Deque<Counters> seconds = new ArrayDeque<>();

    private final Deque<Point> points = new ArrayDeque<>();
    private long ticks;

    void ended(long totalNanos) {
        latencies.record(totalNanos);
    }

    /** A second is over; true if a step is, too. */
    boolean tick(Counters counters, Load load) {
        latencies.tick();
        if (seconds.size() > MINUTE) {
            seconds.removeLast();
        }
        seconds.addFirst(counters);
        ticks++;
        if (ticks % STEP_SECONDS != 0) {
            return false;
        }
        if (points.size() == POINTS) {
            points.removeFirst();
        }
        points.addLast(point(counters, load));
        return true;
    }

    private Point point(Counters now, Load load) {
        Counters before = secondsAgo(STEP_SECONDS);
        Histogram step = latencies.last(STEP_SECONDS);
        long done = now.endedIn(EndState.DONE, false) - before.endedIn(EndState.DONE, false);
        return new Point(
                now.receivedFrom(false) - before.receivedFrom(false),
                done,
                notDone(now) - notDone(before),
                Latencies.millis(step, 50),
                Latencies.millis(step, 99),
                load.queued(),
                load.running());
    }

    /** The newest numbers. */
    Counters now() {
        return secondsAgo(0);
    }

    /** The numbers of so long ago, or the oldest that there are. */
    Counters secondsAgo(int count) {
        Iterator<Counters> newestFirst = seconds.iterator();
        Counters found = newestFirst.next();
        for (int i = 0; i < count && newestFirst.hasNext(); i++) {
            found = newestFirst.next();
        }
        return found;
    }

    Rates rates() {
        int span = Math.min(LATELY, seconds.size() - 1);
        if (span < 1) {
            return new Rates(0, 0, 0);
        }
        Counters now = now();
        Counters before = secondsAgo(span);
        long done = now.endedIn(EndState.DONE, false) - before.endedIn(EndState.DONE, false);
        return new Rates(
                (double) (now.receivedFrom(false) - before.receivedFrom(false)) / span,
                (double) done / span,
                (double) (notDone(now) - notDone(before)) / span);
    }

    /** Latencies of the last ten seconds. */
    Histogram lately() {
        return latencies.last(LATELY);
    }

    /** The oldest first. */
    List<Point> points() {
        return new ArrayList<>(points);
    }

    /** Whether something was ticked at all. */
    boolean isEmpty() {
        return seconds.isEmpty();
    }

    private static long notDone(Counters counters) {
        long sum = 0;
        for (EndState state : EndState.values()) {
            sum += state == EndState.DONE ? 0 : counters.endedIn(state, false);
        }
        return sum;
    }
}
