package io.p2pfaas.core.queue;

import io.p2pfaas.core.model.Load;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The slots of a node and the bounded queue in front of them. Test and reservation are one step, so no more than K
 * calls hold a slot and no more than Q wait, whatever the order of events. First come, first served.
 *
 * <p>One that waits may be lent: somebody else is asked to take it, and its place is kept until that is certain. While
 * it is lent it counts as waiting and is not started here; if it comes back it is the first in the queue.
 *
 * <p>Lowering the number of slots below what runs takes effect as running calls end; lowering the queue's length keeps
 * the calls that wait already.
 *
 * @param <T> what waits; compared by identity of {@code equals}
 */
public final class Admission<T> {
    /** What came back, before all others. */
    private final Set<T> returned = new LinkedHashSet<>();

    private final Set<T> queue = new LinkedHashSet<>();
    private final Set<T> lent = new LinkedHashSet<>();
    private int slots;
    private int queueMax;
    private int running;

    public Admission(int slots, int queueMax) {
        resize(slots, queueMax);
    }

    /** Changes the bounds; what runs or waits already stays. */
    public void resize(int newSlots, int newQueueMax) {
        if (newSlots < 1) {
            throw new IllegalArgumentException("slots must be at least 1: " + newSlots);
        }
        if (newQueueMax < 0) {
            throw new IllegalArgumentException("queueMax must not be negative: " + newQueueMax);
        }
        slots = newSlots;
        queueMax = newQueueMax;
    }

    /** Takes a slot if one is free and nobody waits for it. */
    public boolean tryStart() {
        if (running >= slots || !queue.isEmpty() || !returned.isEmpty()) {
            return false;
        }
        running++;
        return true;
    }

    /** Takes a place in the queue if there is one. */
    public boolean tryQueue(T waiting) {
        return places() < queueMax && queue.add(waiting);
    }

    /** Gives a slot back. */
    public void release() {
        if (running == 0) {
            throw new IllegalStateException("no slot is taken");
        }
        running--;
    }

    /** Moves the longest waiting one from the queue into a free slot; null if there is no slot or nobody waits. */
    public @Nullable T startNext() {
        Set<T> from = returned.isEmpty() ? queue : returned;
        if (running >= slots || from.isEmpty()) {
            return null;
        }
        T next = from.iterator().next();
        from.remove(next);
        running++;
        return next;
    }

    /** Takes it out of the queue; false if it does not wait. */
    public boolean leaveQueue(T waiting) {
        return queue.remove(waiting) || returned.remove(waiting);
    }

    /** Lends the longest waiting one of which this holds, and keeps its place; null if there is none. */
    public @Nullable T lendFirst(Predicate<T> suitable) {
        T first = first(returned, suitable);
        if (first == null) {
            first = first(queue, suitable);
        }
        if (first != null) {
            leaveQueue(first);
            lent.add(first);
        }
        return first;
    }

    private static <T> @Nullable T first(Set<T> from, Predicate<T> suitable) {
        for (T waiting : from) {
            if (suitable.test(waiting)) {
                return waiting;
            }
        }
        return null;
    }

    /** It came back and waits again, before all others; false if it was not lent. */
    public boolean takeBack(T waiting) {
        return lent.remove(waiting) && returned.add(waiting);
    }

    /** It will not come back: its place is free. False if it was not lent. */
    public boolean giveUp(T waiting) {
        return lent.remove(waiting);
    }

    private int places() {
        return queue.size() + returned.size() + lent.size();
    }

    /** The load at this moment. */
    public Load load() {
        return new Load(running, slots, places(), queueMax);
    }
}
