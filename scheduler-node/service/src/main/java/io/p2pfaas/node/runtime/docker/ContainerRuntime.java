package io.p2pfaas.node.runtime.docker;

import io.p2pfaas.node.call.Request;
import io.p2pfaas.node.function.FunctionDesk.LogStream;
import io.p2pfaas.node.function.LogQuery;
import io.p2pfaas.node.function.LogSink;
import io.p2pfaas.node.runtime.FunctionRuntime;
import io.p2pfaas.node.runtime.ReplicatedRuntime;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs one function in containers. What is done when is decided by its {@link ReplicaPool}; here is what it needs for it:
 * the lock, the engine, the time. A call for which there is a warm instance goes on on its own thread, after the lock was
 * held for a moment.
 */
final class ContainerRuntime implements ReplicatedRuntime, PoolAction.Hands<ContainerCall> {
    private static final Logger LOG = LoggerFactory.getLogger(ContainerRuntime.class);

    private final Blueprint blueprint;
    private final ContainerShop shop;
    private final InstanceMaker maker;
    private final InstanceEnds ends;
    private final FunctionLogs logs;
    private final ReplicaPool<ContainerCall> pool;
    private final Object lock = new Object();
    private final CompletableFuture<Void> settled = new CompletableFuture<>();
    private volatile boolean closed;
    private volatile boolean undeployed;

    ContainerRuntime(Blueprint blueprint, ContainerShop shop) {
        this.blueprint = blueprint;
        this.shop = shop;
        this.ends = new InstanceEnds(this, shop);
        this.maker = new InstanceMaker(this, ends, shop);
        this.logs = new FunctionLogs(blueprint.function(), shop);
        this.pool = new ReplicaPool<>(blueprint.rules());
        if (blueprint.rules().min() == 0) {
            settled.complete(null);
        }
    }

    Blueprint blueprint() {
        return blueprint;
    }

    ContainerThreads threads() {
        return shop.threads();
    }

    FunctionLogs functionLogs() {
        return logs;
    }

    InstanceMaker maker() {
        return maker;
    }

    boolean isClosed() {
        return closed;
    }

    @Override
    public Execution start(Request request, long budgetNanos, Listener listener) {
        long now = threads().now();
        ContainerCall call = new ContainerCall(this, request, now, budgetNanos, listener);
        if (budgetNanos <= 0) {
            call.fail(new Failure(io.p2pfaas.core.model.Reason.EXPIRED_RUNNING, "The function did not start in time."));
            return call;
        }
        place(call, now);
        return call;
    }

    private void place(ContainerCall call, long now) {
        Replica replica;
        List<PoolAction<ContainerCall>> actions;
        synchronized (lock) {
            replica = pool.arrived(call, now);
            actions = pool.takeActions();
        }
        if (replica != null) {
            call.runIn(replica);
        } else {
            carryOut(actions);
            call.expireLater();
        }
    }

    /** Does something with the pool under its lock, and what follows from it without. */
    void with(Consumer<ReplicaPool<ContainerCall>> event) {
        List<PoolAction<ContainerCall>> actions;
        synchronized (lock) {
            event.accept(pool);
            actions = pool.takeActions();
        }
        carryOut(actions);
    }

    private void carryOut(List<PoolAction<ContainerCall>> actions) {
        for (PoolAction<ContainerCall> action : actions) {
            try {
                action.carryOut(this);
            } catch (RuntimeException e) {
                // The others are still to be carried out.
                LOG.error(
                        "container_action_failed function={}",
                        blueprint.function().value(),
                        e);
            }
        }
    }

    /** A call that did not reach its instance goes to another one, or waits for it. */
    void again(ContainerCall call, Replica former) {
        ended(former, ReplicaPool.Ended.OVER);
        place(call, threads().now());
    }

    void ended(Replica replica, ReplicaPool.Ended how) {
        with(pool -> pool.ended(replica, how, threads().now()));
    }

    boolean withdraw(ContainerCall call) {
        synchronized (lock) {
            return pool.withdrawn(call);
        }
    }

    /** For a call whose time is over before it had an instance. */
    String whyNotInTime() {
        synchronized (lock) {
            return pool.isAnyWarm()
                    ? "No instance of the function was free in time."
                    : "The function did not start in time.";
        }
    }

    /** Tells why a call broke as soon as it is known; null if the instance has nothing to do with it. */
    void postMortem(Instance instance, Consumer<@Nullable Failure> told) {
        ends.postMortem(instance, told);
    }

    /** The engine says that a container has ended. */
    void died(Instance instance, int exitCode) {
        ends.died(instance, exitCode);
    }

    void ready(Replica replica) {
        replica.instance().becameReady();
        with(pool -> pool.ready(replica, threads().now()));
        settled.complete(null);
    }

    void startFailed(Replica replica, Failure why) {
        Instance instance = replica.instance();
        if (closed) {
            return;
        }
        if (!instance.isUnwanted() && instance.blame(why)) {
            shop.counters().failedStarts.increment();
            LOG.warn(
                    "container_start_failed function={} instance={} why=\"{}\"",
                    blueprint.function().value(),
                    instance.name,
                    why.text());
        }
        with(pool -> pool.startFailed(replica, why, threads().now()));
        instance.over(why);
        settled.complete(null);
    }

    /** An instance cannot be used any more. */
    void lost(Replica replica, Failure why) {
        if (closed) {
            return;
        }
        // The pool forgets it before its calls are told: whoever calls again at once must not meet it.
        replica.instance().blame(why);
        with(pool -> pool.lost(replica, why, threads().now()));
        replica.instance().over(why);
    }

    // What the pool wants.

    @Override
    public void run(ContainerCall call, Replica replica) {
        call.runAfterWaiting(replica);
    }

    @Override
    public void fail(ContainerCall call, Failure why) {
        call.fail(why);
    }

    @Override
    public void start(Replica replica) {
        maker.make(replica);
    }

    @Override
    public void pause(Replica replica) {
        change(replica, "pause", id -> shop.engine().pause(id), () -> {
            shop.counters().pauses.increment();
            with(pool -> pool.paused(replica, threads().now()));
        });
    }

    @Override
    public void unpause(Replica replica) {
        change(replica, "unpause", id -> shop.engine().unpause(id), () -> {
            shop.counters().unpauses.increment();
            with(pool -> pool.unpaused(replica, threads().now()));
        });
    }

    private void change(Replica replica, String what, EngineWork work, Runnable done) {
        Instance instance = replica.instance();
        try {
            threads().soon(() -> {
                try {
                    String id = instance.id();
                    if (id == null || instance.isUnwanted()) {
                        return;
                    }
                    work.on(id);
                } catch (EngineException e) {
                    LOG.warn("container_{}_failed instance={} why=\"{}\"", what, instance.name, e.getMessage());
                    ends.unusable(instance, e);
                    return;
                }
                done.run();
            });
        } catch (RejectedExecutionException e) {
            lost(replica, Failure.unreachable("Too many containers are being changed."));
        }
    }

    @Override
    public void remove(Replica replica, String why) {
        ends.remove(replica.instance(), why);
    }

    @Override
    public void wakeAt(long nanos) {
        try {
            threads()
                    .after(
                            Math.max(0, nanos - threads().now()),
                            () -> with(pool -> pool.tick(threads().now())));
        } catch (RejectedExecutionException ignored) {
            // The node is stopping: nothing will become idle any more.
        }
    }

    @Override
    public void emptied() {
        shop.left(this);
    }

    // What others see.

    @Override
    public Replicas replicas() {
        synchronized (lock) {
            return new Replicas(pool.wanted(), pool.available());
        }
    }

    @Override
    public void scale(int wanted) {
        if (wanted < 0 || wanted > blueprint.rules().max()) {
            throw new IllegalArgumentException("replicas is " + wanted + "; allowed is 0 to "
                    + blueprint.rules().max());
        }
        with(pool -> pool.scale(wanted, threads().now()));
    }

    @Override
    public boolean isUsable() {
        synchronized (lock) {
            return pool.isUsable();
        }
    }

    @Override
    public CompletionStage<Void> settled() {
        return settled.minimalCompletionStage();
    }

    @Override
    public LogStream logs(LogQuery query, LogSink sink) {
        return logs.open(query, sink, instances());
    }

    List<Instance> instances() {
        synchronized (lock) {
            return pool.replicas().stream()
                    .flatMap(replica -> Optional.ofNullable(replica.container).stream())
                    .toList();
        }
    }

    /** Whether the instance's container ought to be running, not paused. */
    boolean isThoughtRunning(Replica replica) {
        synchronized (lock) {
            return replica.state == Replica.State.READY || replica.state == Replica.State.LEAVING;
        }
    }

    /** Takes over a container; false if there are enough. */
    boolean adopt(Engine.Found found) {
        Instance instance;
        synchronized (lock) {
            if (pool.replicas().size() >= blueprint.rules().max()) {
                return false;
            }
            Replica replica =
                    pool.adopt(found.state() == Engine.State.PAUSED, threads().now());
            instance = new Instance(this, replica, found.name(), false);
            replica.container = instance;
        }
        maker.adopt(instance, found);
        return true;
    }

    /** The engine is there, and what it has was looked at. */
    void engineThere() {
        with(pool -> pool.engineThere(threads().now()));
        if (replicas().wanted() == 0) {
            settled.complete(null);
        }
    }

    void engineLost() {
        with(ReplicaPool::engineLost);
        settled.complete(null);
    }

    boolean isUndeployed() {
        return undeployed;
    }

    @Override
    public void undeploy() {
        undeployed = true;
        with(pool -> pool.leave(threads().now()));
        logs.close();
        settled.complete(null);
    }

    /** The node stops: calls end, containers are left to {@link ContainerRuntimes#close}. */
    @Override
    public void close() {
        closed = true;
        with(pool -> pool.close(Failure.NODE_STOPPED));
        for (Instance instance : instances()) {
            FunctionRuntime calls = instance.calls();
            if (calls != null) {
                calls.close();
            }
        }
        logs.close();
        settled.complete(null);
    }

    /** Something to do with a container. */
    private interface EngineWork {
        void on(String id) throws EngineException;
    }
}
