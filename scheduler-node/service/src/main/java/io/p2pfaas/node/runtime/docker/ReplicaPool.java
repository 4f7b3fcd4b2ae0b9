package io.p2pfaas.node.runtime.docker;

import io.p2pfaas.node.runtime.docker.Replica.State;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Decides which instances a function has and which call runs in which of them: events in, actions out. No threads, no
 * clock, no engine; whoever owns it holds a lock around each event and carries the actions out after it.
 *
 * <p><b>Which instance.</b> A warm one with a free place, the one with the fewest calls; of several idle ones the one used
 * last, so that the others grow cold. Only if there is none, a paused one is woken, and only then a new one is started: as
 * many as the waiting calls fill, not one per call. Waiting calls are served in their order.
 *
 * <p><b>Idle ones</b> are paused first and ended later, if there are more than wanted or the function may go to zero.
 *
 * <p><b>Calls that are given up</b> (their time is over, or their caller is gone) are not known to have ended in the
 * instance: a program that hangs does not notice that its connection was closed. Such a call keeps its place, and an
 * instance is replaced as soon as nobody waits for anything in it. With a limit of one call per instance that is at once.
 * An instance without a limit takes no further calls after {@value #MOST_ABANDONED} of them, and callers that only left
 * are not counted there, since they take no place from anybody.
 *
 * <p><b>Calls that are broken</b> while the instance lives on, {@value #MOST_BROKEN} in a row, show that it cannot work any
 * more, for example because it has no process or thread left to do so: it takes no further ones and is replaced. Not with a
 * pause as after a crash: it may as well have been the calls.
 */
final class ReplicaPool<C> {
    /** From then on an instance without a limit is taken for broken. */
    static final int MOST_ABANDONED = 8;
    /** After so many in a row, none of them answered, an instance is taken for broken. */
    static final int MOST_BROKEN = 3;

    private final PoolRules rules;
    private final StartBackOff backOff = new StartBackOff();
    private final List<Replica> replicas = new ArrayList<>();
    private final Set<C> waiting = new LinkedHashSet<>();
    private List<PoolAction<C>> actions = new ArrayList<>();
    private int wanted;
    private int numbers;
    private long wakeAtNanos = Long.MAX_VALUE;
    private boolean usable;
    /** Whether the engine was looked at at all; until then calls wait. */
    private boolean looked;

    private boolean leaving;
    private Failure closedWith = Failure.NOT_THERE;
    private Failure lastFailure = Failure.NO_ENGINE;

    /** Nothing is started before {@link #engineThere}. */
    ReplicaPool(PoolRules rules) {
        this.rules = rules;
        this.wanted = rules.min();
    }

    /** What followed from the last events, in order; each is handed out once. */
    List<PoolAction<C>> takeActions() {
        if (actions.isEmpty()) {
            return List.of();
        }
        List<PoolAction<C>> taken = actions;
        actions = new ArrayList<>();
        return taken;
    }

    /** A call came. The instance that it runs in from now on; null if it waits or was refused. */
    @Nullable
    Replica arrived(C call, long now) {
        if (leaving || (looked && !usable)) {
            fail(call, leaving ? closedWith : Failure.NO_ENGINE);
            return null;
        }
        if (waiting.isEmpty()) {
            Replica free = freest();
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
        if (how == Ended.ANSWERED) {
            replica.brokenInARow = 0;
            backOff.succeeded();
        } else if (how == Ended.BROKEN) {
            replica.brokenInARow++;
        } else if (how == Ended.EXPIRED || (how == Ended.LEFT && rules.concurrency() > 0)) {
            replica.abandoned++;
        }
        if (replica.running == 0) {
            replica.idleSinceNanos = now;
            if (replica.state == State.LEAVING) {
                remove(replica, "it was not needed any more");
            } else if (replica.abandoned > 0) {
                remove(replica, "it did not end calls that nobody waited for any more");
            } else if (replica.brokenInARow >= MOST_BROKEN) {
                remove(replica, "it broke " + replica.brokenInARow + " calls in a row");
            } else if (rules.pauseAfterNanos() > 0) {
                wakeBy(now + rules.pauseAfterNanos());
            } else {
                wakeBy(now + rules.stopAfterNanos());
            }
        } else if (isPastHelp(replica) && replica.state != State.LEAVING) {
            drain(replica, now);
        }
        if (!waiting.isEmpty() || count() < wanted) {
            settle(now);
        }
    }

    /** Whether further calls should not come to an instance, though it has some. */
    private boolean isPastHelp(Replica replica) {
        return replica.brokenInARow >= MOST_BROKEN || (rules.concurrency() == 0 && replica.abandoned >= MOST_ABANDONED);
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
        Replica replica = add();
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
        failWaiting(closedWith);
        for (Replica replica : List.copyOf(replicas)) {
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
        return usable ? (int) replicas.stream().filter(Replica::isAvailable).count() : 0;
    }

    boolean isAnyWarm() {
        return replicas.stream().anyMatch(replica -> replica.state == State.READY);
    }

    List<Replica> replicas() {
        return List.copyOf(replicas);
    }

    int waiting() {
        return waiting.size();
    }

    /** Time has passed. */
    void tick(long now) {
        if (now >= wakeAtNanos) {
            wakeAtNanos = Long.MAX_VALUE;
        }
        for (Replica replica : List.copyOf(replicas)) {
            if (replica.state == State.LEAVING) {
                if (now >= replica.drainedByNanos) {
                    remove(replica, "it was not needed any more, and its calls took too long");
                } else {
                    wakeBy(replica.drainedByNanos);
                }
            } else if (usable && !leaving && replica.running == 0) {
                idle(replica, now);
            }
        }
        settle(now);
    }

    private void idle(Replica replica, long now) {
        boolean needless = rules.toZero() || count() > wanted;
        long stopAt = replica.idleSinceNanos + rules.stopAfterNanos();
        long pauseAt = replica.idleSinceNanos + rules.pauseAfterNanos();
        if (replica.state != State.READY && replica.state != State.PAUSED) {
            return;
        }
        if (needless && now >= stopAt) {
            remove(replica, "it was idle");
            if (rules.toZero()) {
                wanted = Math.min(wanted, count());
            }
        } else if (replica.state == State.READY && rules.pauseAfterNanos() > 0 && now >= pauseAt) {
            replica.state = State.PAUSING;
            replica.wakeAgain = false;
            actions.add(hands -> hands.pause(replica));
        } else {
            if (needless) {
                wakeBy(stopAt);
            }
            if (replica.state == State.READY && rules.pauseAfterNanos() > 0) {
                wakeBy(pauseAt);
            }
        }
    }

    /** Brings calls and instances together. */
    private void settle(long now) {
        if (!usable || leaving) {
            return;
        }
        giveOut();
        int needed = uncovered();
        for (Replica replica : replicas) {
            if (needed == 0) {
                break;
            }
            if (replica.state == State.PAUSED) {
                wake(replica);
                needed--;
            } else if (replica.state == State.PAUSING && !replica.wakeAgain) {
                replica.wakeAgain = true;
                needed--;
            }
        }
        int missing = Math.min(Math.max(needed, wanted - count()), rules.max() - count());
        if (missing > 0 && !backOff.mayStart(now)) {
            wakeBy(backOff.untilNanos());
            if (count() == 0) {
                failWaiting(withNextTry(lastFailure, now));
            }
            return;
        }
        for (int i = 0; i < missing; i++) {
            Replica replica = add();
            actions.add(hands -> hands.start(replica));
        }
    }

    private void giveOut() {
        Iterator<C> calls = waiting.iterator();
        while (calls.hasNext()) {
            Replica free = freest();
            if (free == null) {
                return;
            }
            C call = calls.next();
            calls.remove();
            free.running++;
            actions.add(hands -> hands.run(call, free));
        }
    }

    /** How many more instances the waiting calls need besides those that will be there soon. */
    private int uncovered() {
        if (waiting.isEmpty()) {
            return 0;
        }
        int coming = 0;
        for (Replica replica : replicas) {
            coming += replica.isComing() ? 1 : 0;
        }
        int places = rules.concurrency();
        int needed = places == 0 ? 1 : (waiting.size() + places - 1) / places;
        return Math.max(0, needed - coming);
    }

    private @Nullable Replica freest() {
        Replica best = null;
        for (Replica replica : replicas) {
            if (replica.state == State.READY && hasRoom(replica) && (best == null || isBetter(replica, best))) {
                best = replica;
            }
        }
        return best;
    }

    private boolean hasRoom(Replica replica) {
        return rules.concurrency() == 0 || replica.running + replica.abandoned < rules.concurrency();
    }

    private static boolean isBetter(Replica one, Replica other) {
        int busy = one.running + one.abandoned;
        int otherBusy = other.running + other.abandoned;
        return busy < otherBusy || (busy == otherBusy && one.idleSinceNanos > other.idleSinceNanos);
    }

    /** Lets those go that are too many, idle ones first. */
    private void trim(long now) {
        // While calls wait, nothing is too much; what is idle later ends by its age.
        while (waiting.isEmpty() && count() > wanted) {
            Replica least = null;
            for (Replica replica : replicas) {
                if (replica.state != State.LEAVING && (least == null || replica.running <= least.running)) {
                    least = replica;
                }
            }
            if (least == null) {
                return;
            }
            drain(least, now);
        }
    }

    private void drain(Replica replica, long now) {
        if (replica.running == 0) {
            remove(replica, "it was not needed any more");
        } else if (replica.state != State.LEAVING) {
            replica.state = State.LEAVING;
            replica.drainedByNanos = now + rules.drainNanos();
            wakeBy(replica.drainedByNanos);
        }
    }

    private Replica add() {
        Replica replica = new Replica(++numbers);
        replicas.add(replica);
        return replica;
    }

    private void remove(Replica replica, String why) {
        replicas.remove(replica);
        replica.state = State.LEAVING;
        actions.add(hands -> hands.remove(replica, why));
        tellIfEmpty();
    }

    private void tellIfEmpty() {
        if (leaving && replicas.isEmpty()) {
            actions.add(PoolAction.Hands::emptied);
        }
    }

    private void wake(Replica replica) {
        replica.state = State.UNPAUSING;
        replica.wakeAgain = false;
        actions.add(hands -> hands.unpause(replica));
    }

    /** Instances that are there to stay. */
    private int count() {
        int count = 0;
        for (Replica replica : replicas) {
            count += replica.state == State.LEAVING ? 0 : 1;
        }
        return count;
    }

    private void wakeBy(long atNanos) {
        if (atNanos < wakeAtNanos) {
            wakeAtNanos = atNanos;
            actions.add(hands -> hands.wakeAt(atNanos));
        }
    }

    private void failWaiting(Failure why) {
        for (C call : waiting) {
            fail(call, why);
        }
        waiting.clear();
    }

    private void fail(C call, Failure why) {
        actions.add(hands -> hands.fail(call, why));
    }

    private Failure withNextTry(Failure why, long now) {
        double seconds = Math.max(0, backOff.untilNanos() - now) / 1e9;
        String stop = why.text().endsWith(".") ? "" : ".";
        return new Failure(
                why.reason(), why.text() + stop + String.format(Locale.ROOT, " It is tried again in %.1f s.", seconds));
    }
}
