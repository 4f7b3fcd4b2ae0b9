package io.p2pfaas.node.runtime.docker;

import io.p2pfaas.core.model.Reason;
import io.p2pfaas.node.call.Outcome;
import io.p2pfaas.node.call.Request;
import io.p2pfaas.node.runtime.FunctionRuntime;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One call: it may wait for an instance, runs in one, and its listener is told once how it ended. Thread-safe. */
final class ContainerCall implements FunctionRuntime.Execution, FunctionRuntime.Listener {
    private static final Logger LOG = LoggerFactory.getLogger(ContainerCall.class);
    private static final long SAME_MOMENT_NANOS = 50_000_000;

    private final ContainerRuntime runtime;
    private final Request request;
    private final long startedNanos;
    private final long budgetNanos;
    private final FunctionRuntime.Listener listener;
    private final AtomicBoolean told = new AtomicBoolean();
    private volatile boolean waited;
    private volatile boolean aborted;
    private volatile boolean triedAgain;
    private volatile @Nullable Runnable cancelExpiry;
    private volatile @Nullable Replica replica;
    private volatile FunctionRuntime.@Nullable Execution running;

    ContainerCall(
            ContainerRuntime runtime,
            Request request,
            long startedNanos,
            long budgetNanos,
            FunctionRuntime.Listener listener) {
        this.runtime = runtime;
        this.request = request;
        this.startedNanos = startedNanos;
        this.budgetNanos = budgetNanos;
        this.listener = listener;
    }

    /** It was told to wait, or was refused, or has got an instance meanwhile. */
    void expireLater() {
        if (told.get() || replica != null) {
            return;
        }
        try {
            cancelExpiry = runtime.threads().after(Math.max(0, budgetNanos - elapsed()), this::expiredWaiting);
        } catch (RejectedExecutionException ignored) {
            // The node is stopping; whoever stops it ends the calls that wait.
            if (runtime.withdraw(this)) {
                fail(Failure.NODE_STOPPED);
            }
        }
        if (aborted && runtime.withdraw(this)) {
            // On its way from one instance to another nobody could take it out of the line.
            fail(Failure.broken("The execution was aborted."));
        } else if (told.get() || replica != null) {
            cancelExpiry();
        }
    }

    private void expiredWaiting() {
        if (runtime.withdraw(this)) {
            fail(new Failure(Reason.EXPIRED_RUNNING, runtime.whyNotInTime()));
        }
    }

    /** It has a place in an instance, after it waited for one. */
    void runAfterWaiting(Replica chosen) {
        waited = true;
        runIn(chosen);
        cancelExpiry();
    }

    void runIn(Replica chosen) {
        replica = chosen;
        FunctionRuntime calls = chosen.instance().calls();
        long leftNanos = waited ? budgetNanos - (runtime.threads().now() - startedNanos) : budgetNanos;
        if (calls == null || leftNanos <= 0 || aborted) {
            runtime.ended(chosen, ReplicaPool.Ended.OVER);
            fail(aborted ? Failure.broken("The execution was aborted.") : expired());
            return;
        }
        FunctionRuntime.Execution execution = calls.start(request, leftNanos, this);
        running = execution;
        if (aborted) {
            execution.abort();
        }
    }

    private Failure expired() {
        return new Failure(Reason.EXPIRED_RUNNING, runtime.whyNotInTime());
    }

    @Override
    public void abort() {
        aborted = true;
        FunctionRuntime.Execution execution = running;
        if (execution != null) {
            execution.abort();
        } else if (runtime.withdraw(this)) {
            fail(Failure.broken("The execution was aborted."));
        }
    }

    /** How it ended in its instance. */
    @Override
    public void ended(Outcome outcome) {
        Replica used = replica;
        if (used == null) {
            throw new IllegalStateException("a call ended that had not begun");
        }
        if (outcome instanceof Outcome.Broken broken) {
            if (broken.reason() == Reason.EXPIRED_RUNNING) {
                over(used, ReplicaPool.Ended.EXPIRED, outcome);
            } else if (aborted) {
                // The node's own clock ends calls too, and may be a little faster than the connection's.
                boolean timeWasOver = elapsed() >= budgetNanos - SAME_MOMENT_NANOS;
                over(used, timeWasOver ? ReplicaPool.Ended.EXPIRED : ReplicaPool.Ended.LEFT, outcome);
            } else if (broken.reason() == Reason.ANSWER_TOO_LARGE || runtime.isClosed()) {
                over(used, ReplicaPool.Ended.OVER, outcome);
            } else {
                runtime.postMortem(used.instance(), why -> {
                    if (why != null && mayGoElsewhere(broken, why)) {
                        goElsewhere(used);
                        return;
                    }
                    Outcome told = why == null ? outcome : new Outcome.Broken(why.reason(), why.text(), elapsed());
                    over(used, why == null ? ReplicaPool.Ended.BROKEN : ReplicaPool.Ended.OVER, told);
                });
            }
        } else {
            over(used, ReplicaPool.Ended.ANSWERED, outcome);
        }
    }

    /** No connection could be had, since the container had ended a moment before: the function has seen nothing. */
    private boolean mayGoElsewhere(Outcome.Broken broken, Failure why) {
        return broken.reason() == Reason.FUNCTION_UNREACHABLE
                && !why.equals(Failure.NO_ENGINE)
                && !triedAgain
                && !aborted
                && elapsed() < budgetNanos;
    }

    private void goElsewhere(Replica former) {
        triedAgain = true;
        waited = true;
        running = null;
        replica = null;
        runtime.again(this, former);
    }

    /** The place is free before the listener hears of it: the node may send the next call from there. */
    private void over(Replica used, ReplicaPool.Ended how, Outcome outcome) {
        runtime.ended(used, how);
        tell(waited ? withWait(outcome) : outcome);
    }

    private Outcome withWait(Outcome outcome) {
        if (outcome instanceof Outcome.Answered answered) {
            return new Outcome.Answered(answered.response(), elapsed());
        }
        if (outcome instanceof Outcome.Broken broken) {
            return new Outcome.Broken(broken.reason(), broken.detail(), elapsed());
        }
        return outcome;
    }

    void fail(Failure why) {
        tell(new Outcome.Broken(why.reason(), why.text(), elapsed()));
        cancelExpiry();
    }

    private long elapsed() {
        return Math.max(0, runtime.threads().now() - startedNanos);
    }

    private void tell(Outcome outcome) {
        if (!told.compareAndSet(false, true)) {
            return;
        }
        try {
            listener.ended(outcome);
        } catch (RuntimeException e) {
            // A fault of the listener must not take the thread down that tells it.
            LOG.error("listener_failed outcome={}", outcome.getClass().getSimpleName(), e);
        }
    }

    private void cancelExpiry() {
        Runnable cancel = cancelExpiry;
        if (cancel != null) {
            cancelExpiry = null;
            cancel.run();
        }
    }
}
