package io.p2pfaas.node.runtime.docker;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** A pool in virtual time, with hands that only write down what they are told. Calls are texts. */
final class PoolProbe implements PoolAction.Hands<String> {
    static final long SECOND = 1_000_000_000L;

    final ReplicaPool<String> pool;
    /** What was to be done since somebody last looked. */
    private final List<String> done = new ArrayList<>();

    final Map<Integer, Replica> replicas = new LinkedHashMap<>();
    final Map<String, Replica> running = new LinkedHashMap<>();
    final Map<String, Failure> failed = new LinkedHashMap<>();
    final List<Replica> starting = new ArrayList<>();
    final List<Replica> pausing = new ArrayList<>();
    final List<Replica> unpausing = new ArrayList<>();
    long now;
    private long wakeAt = Long.MAX_VALUE;

    PoolProbe(PoolRules rules) {
        pool = new ReplicaPool<>(rules);
    }

    /** One instance usually, 4 at most, paused after 10 s and ended after 60 s of idleness. */
    static PoolRules rules(int concurrency) {
        return new PoolRules(1, 4, false, concurrency, 10 * SECOND, 60 * SECOND, 30 * SECOND);
    }

    static PoolRules rules(int min, int max, boolean toZero, int concurrency) {
        return new PoolRules(min, max, toZero, concurrency, 10 * SECOND, 60 * SECOND, 30 * SECOND);
    }

    void call(String... calls) {
        for (String call : calls) {
            Replica replica = pool.arrived(call, now);
            if (replica != null) {
                run(call, replica);
            }
            carryOut();
        }
    }

    void end(String call, ReplicaPool.Ended how) {
        Replica replica = running.remove(call);
        if (replica == null) {
            throw new AssertionError(call + " does not run");
        }
        on(pool -> pool.ended(replica, how, now));
    }

    Failure failure(String call) {
        Failure failure = failed.get(call);
        if (failure == null) {
            throw new AssertionError(call + " has not failed");
        }
        return failure;
    }

    void answer(String... calls) {
        for (String call : calls) {
            end(call, ReplicaPool.Ended.ANSWERED);
        }
    }

    void ready(int number) {
        Replica replica = replica(number);
        starting.remove(replica);
        on(pool -> pool.ready(replica, now));
    }

    void startFails(int number) {
        Replica replica = replica(number);
        starting.remove(replica);
        on(pool -> pool.startFailed(replica, Failure.broken("It ended at once."), now));
    }

    void crash(int number) {
        Replica replica = replica(number);
        on(pool -> pool.lost(replica, Failure.broken("It crashed."), now));
    }

    void paused(int number) {
        Replica replica = replica(number);
        pausing.remove(replica);
        on(pool -> pool.paused(replica, now));
    }

    void unpaused(int number) {
        Replica replica = replica(number);
        unpausing.remove(replica);
        on(pool -> pool.unpaused(replica, now));
    }

    private Replica replica(int number) {
        Replica replica = replicas.get(number);
        if (replica == null) {
            throw new AssertionError("there is no instance " + number);
        }
        return replica;
    }

    void on(Consumer<ReplicaPool<String>> event) {
        event.accept(pool);
        carryOut();
    }

    /** Lets time pass, with every wake-up on the way. */
    void pass(double seconds) {
        long until = now + (long) (seconds * SECOND);
        while (wakeAt <= until) {
            now = Math.max(now, wakeAt);
            wakeAt = Long.MAX_VALUE;
            on(pool -> pool.tick(now));
        }
        now = until;
    }

    /** What was to be done since the last look, in order. */
    List<String> done() {
        List<String> copy = List.copyOf(done);
        done.clear();
        return copy;
    }

    private void carryOut() {
        for (List<PoolAction<String>> actions = pool.takeActions(); !actions.isEmpty(); actions = pool.takeActions()) {
            actions.forEach(action -> action.carryOut(this));
        }
    }

    @Override
    public void run(String call, Replica replica) {
        done.add("run " + call + " in " + replica.number);
        running.put(call, replica);
    }

    @Override
    public void fail(String call, Failure why) {
        done.add("fail " + call);
        failed.put(call, why);
    }

    @Override
    public void start(Replica replica) {
        done.add("start " + replica.number);
        replicas.put(replica.number, replica);
        starting.add(replica);
    }

    @Override
    public void pause(Replica replica) {
        done.add("pause " + replica.number);
        pausing.add(replica);
    }

    @Override
    public void unpause(Replica replica) {
        done.add("unpause " + replica.number);
        unpausing.add(replica);
    }

    @Override
    public void remove(Replica replica, String why) {
        done.add("remove " + replica.number);
        replicas.remove(replica.number);
        starting.remove(replica);
        pausing.remove(replica);
        unpausing.remove(replica);
    }

    @Override
    public void wakeAt(long nanos) {
        wakeAt = Math.min(wakeAt, nanos);
    }

    @Override
    public void emptied() {
        done.add("emptied");
    }
}
