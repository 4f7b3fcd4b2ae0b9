package io.p2pfaas.plugin;

import io.p2pfaas.core.model.EndState;
import io.p2pfaas.core.policy.CallView;
import io.p2pfaas.core.policy.ClusterView;
import io.p2pfaas.core.policy.Decision;
import io.p2pfaas.core.policy.PolicyFailure;
import io.p2pfaas.core.policy.PolicyFault;
import io.p2pfaas.core.policy.SchedulingPolicy;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * A plug-in's policy in a live node. It decides on a thread of its own while the node's thread waits, so that what it
 * is shown stands still. If the answer does not come in time, what it is shown is taken away and the node goes on
 * without it; until it has come back it is not asked. After a few such times it is not asked any more.
 *
 * <p>Entered by one thread at a time, the brain's.
 */
final class GuardedPolicy implements SchedulingPolicy {
    /** The node does nothing else meanwhile. A decision takes microseconds; a long collection of garbage is no fault. */
    static final long LIMIT_NANOS = TimeUnit.MILLISECONDS.toNanos(100);
    /** The first decision may have to load classes. */
    static final long FIRST_LIMIT_NANOS = TimeUnit.SECONDS.toNanos(1);

    static final int STRIKES = 3;
    /** After so many good answers old strikes are forgotten. */
    static final int FORGIVEN_AFTER = 1_000;

    private static final long IDLE_SECONDS = 10;

    private final ProvidedPolicy policy;
    private final ThreadPoolExecutor thread;
    /** The gate of the question that the thread has not come back from; null if it is free. */
    private final AtomicReference<@Nullable Gate> open = new AtomicReference<>();

    private boolean decidedOnce;
    private int strikes;
    private int goodInARow;

    GuardedPolicy(ProvidedPolicy policy) {
        this.policy = policy;
        this.thread = new ThreadPoolExecutor(
                1, 1, IDLE_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(1), this::newThread);
        thread.allowCoreThreadTimeOut(true);
    }

    private Thread newThread(Runnable work) {
        Thread created = new Thread(work, "plugin-" + describe());
        created.setDaemon(true);
        return created;
    }

    @Override
    public Decision decide(CallView call, ClusterView cluster, RandomGenerator random) {
        Gate gate = newGate();
        GatedCall gated = new GatedCall(gate, call);
        return ask(gate, () -> policy.decide(gate, gated, cluster, random));
    }

    /** For one question; throws if it must not be asked. */
    private Gate newGate() {
        if (strikes >= STRIKES) {
            throw new PolicyFailure(
                    PolicyFault.SHUT_OUT,
                    "it was too slow " + STRIKES + " times and is not asked until a scheduler is configured anew",
                    null);
        }
        if (open.get() != null) {
            throw new PolicyFailure(PolicyFault.STILL_BUSY, "it is still busy with an earlier call", null);
        }
        return new Gate();
    }

    @Override
    public void ended(CallView call, EndState state, ClusterView cluster) {
        if (policy.hearsEnds()) {
            Gate gate = newGate();
            GatedCall gated = new GatedCall(gate, call);
            ask(gate, () -> {
                policy.ended(gate, gated, state, cluster);
                return state;
            });
        }
    }

    private <T> T ask(Gate gate, Callable<T> work) {
        FutureTask<T> question = new FutureTask<>(() -> answer(gate, work));
        open.set(gate);
        thread.execute(() -> {
            question.run();
            // Again, since it may have been called off before it began.
            open.compareAndSet(gate, null);
        });
        return await(question, gate);
    }

    private <T> T answer(Gate gate, Callable<T> work) throws Exception {
        try {
            return work.call();
        } finally {
            open.compareAndSet(gate, null);
        }
    }

    private <T> T await(FutureTask<T> question, Gate gate) {
        long limitNanos = decidedOnce ? LIMIT_NANOS : FIRST_LIMIT_NANOS;
        try {
            T answer = Patience.await(question, limitNanos);
            good();
            return answer;
        } catch (ExecutionException thrown) {
            good();
            throw failure(Patience.thrown(thrown));
        } catch (TimeoutException late) {
            goodInARow = 0;
            strikes++;
            // Sleep and waits end by it; what computes for ever goes on, as a daemon.
            question.cancel(true);
            String limit = "it did not answer within " + TimeUnit.NANOSECONDS.toMillis(limitNanos) + " ms";
            throw new PolicyFailure(PolicyFault.TOO_SLOW, limit, null);
        } finally {
            decidedOnce = true;
            gate.close();
        }
    }

    private void good() {
        goodInARow++;
        if (goodInARow >= FORGIVEN_AFTER) {
            goodInARow = 0;
            strikes = 0;
        }
    }

    private static PolicyFailure failure(Throwable thrown) {
        return thrown instanceof PolicyFailure failure
                ? failure
                : new PolicyFailure(PolicyFault.THREW, "it threw", thrown);
    }

    @Override
    public String describe() {
        return policy.describe();
    }

    @Override
    public Needs needs() {
        return policy.needs();
    }
}
