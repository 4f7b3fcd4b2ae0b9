package io.p2pfaas.core.queue;

import io.p2pfaas.core.model.Load;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.ToIntFunction;
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
 * <p>It also counts what runs and what waits by task type. Types are few; those from {@link #MAX_TYPES} on count as 0.
 *
 * @param <T> what waits; compared by identity of {@code equals}
 */
public final class Admission<T> {
    /** Task types that are told apart. */
    public static final int MAX_TYPES = 128;

    /** What came back, before all others. */
    private final Set<T> returned = new LinkedHashSet<>();

    private final Set<T> queue = new LinkedHashSet<>();
    private final Set<T> lent = new LinkedHashSet<>();
    private final ToIntFunction<T> typeOf;
    private final int[] runningOfType = new int[MAX_TYPES];
    private final int[] queuedOfType = new int[MAX_TYPES];
    private int slots;
    private int queueMax;
    private int running;

    /**
     * @param typeOf the task type of a call, from 0; always the same for the same call
     */
    public Admission(int slots, int queueMax, ToIntFunction<T> typeOf) {
        this.typeOf = typeOf;
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
    public boolean tryStart(T starting) {
        if (running >= slots || !queue.isEmpty() || !returned.isEmpty()) {
            return false;
        }
        start(starting);
        return true;
    }

    private void start(T starting) {
        running++;
        runningOfType[type(starting)]++;
    }

    private int type(T call) {
        int type = typeOf.applyAsInt(call);
        return type < MAX_TYPES ? type : 0;
    }

    /** Takes a place in the queue if there is one. */
    public boolean tryQueue(T waiting) {
        boolean waits = places() < queueMax && queue.add(waiting);
        if (waits) {
            queuedOfType[type(waiting)]++;
        }
        return waits;
    }

    /** Gives a slot back. */
    public void release(T ended) {
        int type = type(ended);
        if (runningOfType[type] == 0) {
            throw new IllegalStateException("no slot is taken by a call of task type " + type);
        }
        running--;
        runningOfType[type]--;
    }

    /** Moves the longest waiting one from the queue into a free slot; null if there is no slot or nobody waits. */
    public @Nullable T startNext() {
        Set<T> from = returned.isEmpty() ? queue : returned;
        if (running >= slots || from.isEmpty()) {
            return null;
        }
        T next = from.iterator().next();
        leaveQueue(next);
        start(next);
        return next;
    }

    /** Takes it out of the queue; false if it does not wait. */
    public boolean leaveQueue(T waiting) {
        return stopsWaiting(waiting, remove(waiting));
    }

    private boolean remove(T waiting) {
        return queue.remove(waiting) || returned.remove(waiting);
    }

    private boolean stopsWaiting(T call, boolean waited) {
        if (waited) {
            queuedOfType[type(call)]--;
        }
        return waited;
    }

    /** Lends the longest waiting one of which this holds, and keeps its place; null if there is none. */
    public @Nullable T lendFirst(Predicate<T> suitable) {
        T first = first(returned, suitable);
        if (first == null) {
            first = first(queue, suitable);
        }
        if (first != null) {
            remove(first);
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
        return stopsWaiting(waiting, lent.remove(waiting));
    }

    /** Those that wait, first in front; without those that are lent. */
    public List<T> waiting() {
        List<T> waiting = new ArrayList<>(returned);
        waiting.addAll(queue);
        return waiting;
    }

    private int places() {
        return queue.size() + returned.size() + lent.size();
    }

    /** How many calls of this task type hold a slot. */
    public int running(int type) {
        return runningOfType[type];
    }

    /** How many calls of this task type wait, those that are lent included. */
    public int queued(int type) {
        return queuedOfType[type];
    }

    /** The load at this moment. */
    public Load load() {
        return new Load(running, slots, places(), queueMax);
    }
}
