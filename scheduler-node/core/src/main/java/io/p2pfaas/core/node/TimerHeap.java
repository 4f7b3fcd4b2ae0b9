package io.p2pfaas.core.node;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Timers ordered by time, then by the order in which they were set. Setting, moving and cancelling cost O(log n), and a
 * cancelled timer leaves nothing behind: most deadlines are cancelled long before they are due.
 */
final class TimerHeap {
    /** Something that may be woken once. */
    abstract static class Timer {
        private int index = -1;
        private long atNanos;
        private long order;

        final long atNanos() {
            return atNanos;
        }

        final boolean isSet() {
            return index >= 0;
        }
    }

    private final List<Timer> heap = new ArrayList<>();
    private long orders;

    /** When the first timer is due; {@link Long#MAX_VALUE} if none is set. */
    long nextNanos() {
        return heap.isEmpty() ? Long.MAX_VALUE : heap.get(0).atNanos;
    }

    /** How many timers are set. */
    int size() {
        return heap.size();
    }

    void set(Timer timer, long atNanos) {
        timer.atNanos = atNanos;
        timer.order = orders++;
        if (timer.index < 0) {
            timer.index = heap.size();
            heap.add(timer);
        }
        settle(timer);
    }

    void cancel(Timer timer) {
        if (timer.index < 0) {
            return;
        }
        int hole = timer.index;
        timer.index = -1;
        Timer last = heap.remove(heap.size() - 1);
        if (last != timer) {
            put(last, hole);
            settle(last);
        }
    }

    /** Takes out the first timer that is due, or answers null. */
    @Nullable
    Timer pollDue(long nowNanos) {
        if (heap.isEmpty() || heap.get(0).atNanos > nowNanos) {
            return null;
        }
        Timer due = heap.get(0);
        cancel(due);
        return due;
    }

    private void settle(Timer timer) {
        int i = timer.index;
        while (i > 0 && isBefore(timer, heap.get((i - 1) / 2))) {
            put(heap.get((i - 1) / 2), i);
            i = (i - 1) / 2;
        }
        while (true) {
            int child = 2 * i + 1;
            if (child + 1 < heap.size() && isBefore(heap.get(child + 1), heap.get(child))) {
                child++;
            }
            if (child >= heap.size() || isBefore(timer, heap.get(child))) {
                break;
            }
            put(heap.get(child), i);
            i = child;
        }
        put(timer, i);
    }

    private void put(Timer timer, int index) {
        heap.set(index, timer);
        timer.index = index;
    }

    private static boolean isBefore(Timer a, Timer b) {
        return a.atNanos != b.atNanos ? a.atNanos < b.atNanos : a.order < b.order;
    }
}
