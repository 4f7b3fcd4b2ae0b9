package io.p2pfaas.node.runtime.docker;

import io.p2pfaas.node.runtime.docker.Replica.State;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Decides which instances a function has and brings calls and instances together: events in, actions out. No threads, no
 * clock, no engine; whoever owns it holds a lock around each event and carries the actions out after it.
 *
 * <p>A call runs in an instance with a free place ({@link Replicas}). Only if there is none, a paused one is woken, and only
 * then a new one is started: as many as the waiting calls fill, not one per call. Waiting calls are served in their order.
 * Instances go when they are idle ({@link Idleness}), too many, or not to be relied on ({@link ReplicaHealth}).
 */
final class ReplicaPool<C> {
    private static final String NOT_NEEDED = "it was not needed any more";

    private final PoolRules rules;
    private final StartBackOff backOff = new StartBackOff();
    private final Replicas replicas;
    private final ReplicaHealth health;
    private final Idleness idleness;
    private final Set<C> waiting = new LinkedHashSet<>();
    private final PoolOrders<C> orders = new PoolOrders<>();
    private int wanted;
    private boolean usable;
    /** Whether the engine was looked at at all; until then calls wait. */
    private boolean looked;

    private boolean leaving;
    private Failure lastFailure = Failure.NO_ENGINE;

    /** Nothing is started before {@link #engineThere}. */
    ReplicaPool(PoolRules rules) {
        this.rules = rules;
        this.replicas = new Replicas(rules.concurrency());
        this.health = new ReplicaHealth(rules.concurrency() > 0);
        this.idleness = new Idleness(rules);
        this.wanted = rules.min();
    }

    /** What followed from the last events, in order; each is handed out once. */
    List<PoolAction<C>> takeActions() {
        return orders.take();
    }

    /** A call came. The instance that it runs in from now on; null if it waits or was refused. */
    @Nullable
    Replica arrived(C call, long now) {
        if (leaving || (looked && !usable)) {
            orders.fail(call, leaving ? Failure.NOT_THERE : Failure.NO_ENGINE);
            return null;
        }
        if (waiting.isEmpty()) {
            Replica free = replicas.freest();
            if (free != null) {
                free.running++;
                return free;
            }
        }
        wanted = Math.max(wanted, 1);
        waiting.add(call);
        settle(now);
        return null;
    }

    /** A call does not want to wait any longer; false if it did not wait. */
    boolean withdrawn(C call) {
        return waiting.remove(call);
    }

    /** How a call ended in its instance. */
    enum Ended {
        /** The function answered. */
        ANSWERED,
        /** It did not, but does not work on it any more. */
        OVER,
        /** It broke the connection, or never took it, and lives on. */
        BROKEN,
        /** Nobody waits for it any more, and what the function does is unknown. */
        EXPIRED,
        LEFT
    }

    void ended(Replica replica, Ended how, long now) {
        replica.running--;
        if (!replicas.contains(replica)) {
            return;
        }
        health.ended(replica, how);
        if (how == Ended.ANSWERED) {
            backOff.succeeded();
        }
        if (replica.running == 0) {
            emptied(replica, now);
        } else if (health.isPastHelp(replica)) {
            drain(replica, now);
        }
        if (!waiting.isEmpty() || replicas.staying() < wanted) {
            settle(now);
        }
    }

    private void emptied(Replica replica, long now) {
        replica.idleSinceNanos = now;
        String why = replica.state == State.LEAVING ? NOT_NEEDED : health.whyReplaced(replica);
        if (why != null) {
            remove(replica, why);
        } else {
            orders.wakeBy(now + (rules.pauseAfterNanos() > 0 ? rules.pauseAfterNanos() : rules.stopAfterNanos()));
        }
    }

    /** An instance takes calls from now on. */
    void ready(Replica replica, long now) {
        if (replicas.contains(replica) && replica.state == State.STARTING) {
            replica.readySinceNanos = now;
            warm(replica, now);
        }
    }

    void startFailed(Replica replica, Failure why, long now) {
        if (!replicas.contains(replica)) {
            return;
        }
        remove(replica, "it did not start");
        lastFailure = why;
        if (usable && !leaving) {
            backOff.startFailed(now);
            settle(now);
        }
    }

    void paused(Replica replica, long now) {
        if (replica.state == State.PAUSING) {
            replica.state = State.PAUSED;
            if (replica.wakeAgain) {
                wake(replica);
            } else {
                tick(now);
            }
        }
    }

    void unpaused(Replica replica, long now) {
        if (replica.state == State.UNPAUSING) {
            warm(replica, now);
        }
    }

    private void warm(Replica replica, long now) {
        replica.state = State.READY;
        replica.wakeAgain = false;
        replica.idleSinceNanos = now;
        settle(now);
        tick(now);
    }

    /** An instance ended by itself, or cannot be relied on any more. */
    void lost(Replica replica, Failure why, long now) {
        if (!replicas.contains(replica)) {
            return;
        }
        if (replica.state == State.STARTING) {
            startFailed(replica, why, now);
            return;
        }
        remove(replica, why.text());
        if (usable && !leaving) {
            lastFailure = why;
            backOff.crashed(now - replica.readySinceNanos, now);
            settle(now);
        }
    }

    /** So many are wanted from now on. */
    void scale(int number, long now) {
        wanted = number;
        if (!leaving) {
            trim(now);
            settle(now);
        }
    }

    /** Takes in an instance that was there before. As with a start, ready follows unless it is paused. */
    Replica adopt(boolean paused, long now) {
        Replica replica = replicas.add();
        replica.readySinceNanos = now;
        replica.idleSinceNanos = now;
        if (paused) {
            replica.state = State.PAUSED;
        }
        return replica;
    }

    /** The engine can be used; what is missing is started. */
    void engineThere(long now) {
        usable = true;
        looked = true;
        backOff.succeeded();
        settle(now);
        tick(now);
    }

    /** The engine cannot be used; what becomes of the instances is not known before it is there again. */
    void engineLost() {
        usable = false;
        looked = true;
        failWaiting(Failure.NO_ENGINE);
    }

    boolean isUsable() {
        return (usable || !looked) && !leaving;
    }

    /** Takes no more calls; those that run may go on for a while, then everything is removed. */
    void leave(long now) {
        if (leaving) {
            return;
        }
        leaving = true;
        failWaiting(Failure.NOT_THERE);
        for (Replica replica : replicas.all()) {
            drain(replica, now);
        }
        tellIfEmpty();
    }

    /** Takes no more calls; the instances are left alone. */
    void close(Failure waitingCalls) {
        leaving = true;
        failWaiting(waitingCalls);
    }

    int wanted() {
        return wanted;
    }

    /** Instances that can take calls. */
    int available() {
        return usable ? replicas.available() : 0;
    }

    boolean isAnyWarm() {
        return replicas.isAnyWarm();
    }

    List<Replica> replicas() {
        return replicas.all();
    }

    int waiting() {
        return waiting.size();
    }

    /** Time has passed. */
    void tick(long now) {
        orders.woken(now);
        for (Replica replica : replicas.all()) {
            if (replica.state == State.LEAVING) {
                if (now >= replica.drainedByNanos) {
                    remove(replica, "it was not needed any more, and its calls took too long");
                } else {
                    orders.wakeBy(replica.drainedByNanos);
                }
            } else if (usable && !leaving && replica.running == 0) {
                idle(replica, now);
            }
        }
        settle(now);
    }

    private void idle(Replica replica, long now) {
        boolean needless = rules.toZero() || replicas.staying() > wanted;
        switch (idleness.fate(replica, needless, now)) {
            case IS_ENDED -> {
                remove(replica, "it was idle");
                if (rules.toZero()) {
                    wanted = Math.min(wanted, replicas.staying());
                }
            }
            case IS_PAUSED -> {
                replica.state = State.PAUSING;
                replica.wakeAgain = false;
                orders.add(hands -> hands.pause(replica));
            }
            case STAYS -> orders.wakeBy(idleness.nextNanos(replica, needless));
        }
    }

    /** Brings calls and instances together. */
    private void settle(long now) {
        if (!usable || leaving) {
            return;
        }
        giveOut();
        int needed = replicas.missingFor(waiting.size());
        List<Replica> asleep = replicas.asleep(needed);
        asleep.forEach(this::wake);
        needed -= asleep.size();
        int missing = Math.min(Math.max(needed, wanted - replicas.staying()), rules.max() - replicas.staying());
        if (missing > 0 && !backOff.mayStart(now)) {
            orders.wakeBy(backOff.untilNanos());
            if (replicas.staying() == 0) {
                failWaiting(backOff.withNextTry(lastFailure, now));
            }
            return;
        }
        for (int i = 0; i < missing; i++) {
            Replica replica = replicas.add();
            orders.add(hands -> hands.start(replica));
        }
    }

    private void giveOut() {
        Iterator<C> calls = waiting.iterator();
        while (calls.hasNext()) {
            Replica free = replicas.freest();
            if (free == null) {
                return;
            }
            C call = calls.next();
            calls.remove();
            free.running++;
            orders.add(hands -> hands.run(call, free));
        }
    }

    /** Lets those go that are too many, idle ones first. */
    private void trim(long now) {
        // While calls wait, nothing is too much; what is idle later ends by its age.
        while (waiting.isEmpty() && replicas.staying() > wanted) {
            Replica least = replicas.leastBusy();
            if (least == null) {
                return;
            }
            drain(least, now);
        }
    }

    private void drain(Replica replica, long now) {
        if (replica.running == 0) {
            remove(replica, NOT_NEEDED);
        } else if (replica.state != State.LEAVING) {
            replica.state = State.LEAVING;
            replica.drainedByNanos = now + rules.drainNanos();
            orders.wakeBy(replica.drainedByNanos);
        }
    }

    private void remove(Replica replica, String why) {
        replicas.remove(replica);
        replica.state = State.LEAVING;
        orders.add(hands -> hands.remove(replica, why));
        tellIfEmpty();
    }

    private void tellIfEmpty() {
        if (leaving && replicas.isEmpty()) {
            orders.add(PoolAction.Hands::emptied);
        }
    }

    private void wake(Replica replica) {
        if (replica.state == State.PAUSING) {
            replica.wakeAgain = true;
            return;
        }
        replica.state = State.UNPAUSING;
        replica.wakeAgain = false;
        orders.add(hands -> hands.unpause(replica));
    }

    private void failWaiting(Failure why) {
        for (C call : waiting) {
            orders.fail(call, why);
        }
        waiting.clear();
    }
}
