package io.p2pfaas.core.queue;

import io.p2pfaas.core.model.Load;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The slots of a node and the bounded queue in front of them. Test and reservation are one step, so no more than K
 * calls hold a slot and no more than Q wait, whatever the order of events. First come, first served.
 *
 * <p>Lowering the number of slots below what runs takes effect as running calls end; lowering the queue's length keeps
 * the calls that wait already.
 *
 * @param <T> what waits; compared by identity of {@code equals}
 */
public final class Admission<T> {
    private final Set<T> queue = new LinkedHashSet<>();
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
        if (running >= slots || !queue.isEmpty()) {
            return false;
        }
        running++;
        return true;
    }

    /** Takes a place in the queue if there is one. */
    public boolean tryQueue(T waiting) {
        return queue.size() < queueMax && queue.add(waiting);
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
        if (running >= slots || queue.isEmpty()) {
            return null;
        }
        T next = queue.iterator().next();
        queue.remove(next);
        running++;
        return next;
    }

    /** Takes it out of the queue; false if it does not wait. */
    public boolean leaveQueue(T waiting) {
        return queue.remove(waiting);
    }

    /** The load at this moment. */
    public Load load() {
        return new Load(running, slots, queue.size(), queueMax);
    }
}
