package io.p2pfaas.core.testing;

import java.util.PriorityQueue;

/** A clock that jumps from one event to the next. Events of the same moment happen in the order of their planning. */
public final class VirtualTime {
    private record Planned(long atNanos, long order, Runnable action) implements Comparable<Planned> {
        @Override
        public int compareTo(Planned other) {
            return atNanos != other.atNanos ? Long.compare(atNanos, other.atNanos) : Long.compare(order, other.order);
        }
    }

    private final PriorityQueue<Planned> planned = new PriorityQueue<>();
    private long nowNanos;
    private long orders;

    /** The moment of the event that is happening. */
    public long nowNanos() {
        return nowNanos;
    }

    /** Plans {@code action} for later; a moment that is over means now. */
    public void at(long atNanos, Runnable action) {
        planned.add(new Planned(Math.max(atNanos, nowNanos), orders++, action));
    }

    /** Plans {@code action} for {@code delayNanos} from now. */
    public void after(long delayNanos, Runnable action) {
        at(nowNanos + delayNanos, action);
    }

    /** Lets everything happen that is planned up to and including {@code untilNanos}. */
    public void runUntil(long untilNanos) {
        Planned next = planned.peek();
        while (next != null && next.atNanos <= untilNanos) {
            planned.remove();
            nowNanos = next.atNanos;
            next.action.run();
            next = planned.peek();
        }
        nowNanos = Math.max(nowNanos, untilNanos);
    }
}
