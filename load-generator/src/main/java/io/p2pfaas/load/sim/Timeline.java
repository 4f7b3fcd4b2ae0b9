package io.p2pfaas.load.sim;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A clock that jumps from one happening to the next. Those of the same moment come in the order of their planning. A
 * heap with four children per place in parallel arrays: half as deep as a binary one, and the comparisons touch no
 * objects.
 */
final class Timeline {
    private static final int CHILDREN = 4;

    private long[] at = new long[256];
    private long[] order = new long[256];
    private @Nullable Happening[] what = new Happening[256];
    private int size;
    private long orders;
    private long nowNanos;

    /** The moment of what is happening. */
    long nowNanos() {
        return nowNanos;
    }

    /** How much is planned. */
    int size() {
        return size;
    }

    /** Plans for later; a moment that is over means now. */
    void plan(long atNanos, Happening happening) {
        if (size == at.length) {
            at = Arrays.copyOf(at, 2 * size);
            order = Arrays.copyOf(order, 2 * size);
            what = Arrays.copyOf(what, 2 * size);
        }
        long when = Math.max(atNanos, nowNanos);
        int hole = size++;
        // Nothing planned earlier for the same moment may be overtaken, so equal times stop the climb.
        while (hole > 0) {
            int parent = (hole - 1) / CHILDREN;
            if (at[parent] <= when) {
                break;
            }
            move(parent, hole);
            hole = parent;
        }
        at[hole] = when;
        order[hole] = orders++;
        what[hole] = happening;
    }

    /** Lets the next planned thing happen if it is due by {@code untilNanos}; false if there is none. */
    boolean step(long untilNanos) {
        if (size == 0 || at[0] > untilNanos) {
            return false;
        }
        Happening next = what[0];
        nowNanos = at[0];
        removeFirst();
        if (next != null) {
            next.happen();
        }
        return true;
    }

    /** Lets everything happen that is planned up to and including {@code untilNanos}. */
    void runUntil(long untilNanos) {
        while (step(untilNanos)) {
            // Each step moves the clock.
        }
        nowNanos = Math.max(nowNanos, untilNanos);
    }

    private void removeFirst() {
        int last = --size;
        long lastAt = at[last];
        long lastOrder = order[last];
        int hole = 0;
        while (true) {
            int first = CHILDREN * hole + 1;
            if (first >= last) {
                break;
            }
            int least = first;
            int end = Math.min(first + CHILDREN, last);
            for (int child = first + 1; child < end; child++) {
                if (at[child] < at[least] || (at[child] == at[least] && order[child] < order[least])) {
                    least = child;
                }
            }
            if (lastAt < at[least] || (lastAt == at[least] && lastOrder < order[least])) {
                break;
            }
            move(least, hole);
            hole = least;
        }
        at[hole] = lastAt;
        order[hole] = lastOrder;
        what[hole] = what[last];
        what[last] = null;
    }

    private void move(int from, int to) {
        at[to] = at[from];
        order[to] = order[from];
        what[to] = what[from];
    }
}
