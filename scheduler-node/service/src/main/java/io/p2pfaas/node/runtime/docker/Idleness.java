package io.p2pfaas.node.runtime.docker;

import io.p2pfaas.node.runtime.docker.Replica.State;

/**
 * What becomes of an instance that has no calls: it is paused first and ended later, if there are more than wanted or the
 * function may go to zero.
 */
final class Idleness {
    private final PoolRules rules;

    Idleness(PoolRules rules) {
        this.rules = rules;
    }

    enum Fate {
        STAYS,
        IS_PAUSED,
        IS_ENDED
    }

    /** @param needless whether it is not wanted any more */
    Fate fate(Replica replica, boolean needless, long now) {
        if (!isSettled(replica)) {
            return Fate.STAYS;
        }
        if (needless && now >= endNanos(replica)) {
            return Fate.IS_ENDED;
        }
        return mayPause(replica) && now >= pauseNanos(replica) ? Fate.IS_PAUSED : Fate.STAYS;
    }

    /** When the fate of one that stays may be another, if nothing else happens; {@code Long.MAX_VALUE} = never. */
    long nextNanos(Replica replica, boolean needless) {
        if (!isSettled(replica)) {
            return Long.MAX_VALUE;
        }
        long end = needless ? endNanos(replica) : Long.MAX_VALUE;
        return mayPause(replica) ? Math.min(end, pauseNanos(replica)) : end;
    }

    /** Neither on its way to a place nor out of one. */
    private static boolean isSettled(Replica replica) {
        return replica.state == State.READY || replica.state == State.PAUSED;
    }

    private boolean mayPause(Replica replica) {
        return replica.state == State.READY && rules.pauseAfterNanos() > 0;
    }

    private long pauseNanos(Replica replica) {
        return replica.idleSinceNanos + rules.pauseAfterNanos();
    }

    private long endNanos(Replica replica) {
        return replica.idleSinceNanos + rules.stopAfterNanos();
    }
}
