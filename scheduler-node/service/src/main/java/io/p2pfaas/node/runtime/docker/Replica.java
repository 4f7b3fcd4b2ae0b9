package io.p2pfaas.node.runtime.docker;

import org.jspecify.annotations.Nullable;

/** One instance as its {@link ReplicaPool} sees it; the pool's lock guards everything but {@link #container}. */
final class Replica {
    /** What an instance does. Out of the pool, it has no state any more. */
    enum State {
        STARTING,
        READY,
        PAUSING,
        PAUSED,
        UNPAUSING,
        /** Takes no further calls, and is ended when those that run are over. */
        LEAVING
    }

    final int number;
    State state = State.STARTING;
    /** Calls in it whose end is awaited. */
    int running;
    /** Calls that nobody waits for any more, but which it may still work on. */
    int abandoned;
    /** Calls that it broke since it answered one. */
    int brokenInARow;

    long idleSinceNanos;
    long readySinceNanos;
    long drainedByNanos;
    /** Needed again while it was being paused. */
    boolean wakeAgain;
    /** What it runs in; known from the moment its start begins. */
    volatile @Nullable Instance container;

    Replica(int number) {
        this.number = number;
    }

    /** What it runs in; only for replicas whose start has begun. */
    Instance instance() {
        Instance known = container;
        if (known == null) {
            throw new IllegalStateException("instance " + number + " has not begun to start");
        }
        return known;
    }

    boolean isComing() {
        return state == State.STARTING || state == State.UNPAUSING || (state == State.PAUSING && wakeAgain);
    }

    boolean isAsleep() {
        return state == State.PAUSED || (state == State.PAUSING && !wakeAgain);
    }

    boolean isAvailable() {
        return state != State.STARTING && state != State.LEAVING;
    }
}
