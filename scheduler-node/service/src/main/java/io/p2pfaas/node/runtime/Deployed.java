package io.p2pfaas.node.runtime;

import io.p2pfaas.node.call.Outcome;
import io.p2pfaas.node.call.Request;
import io.p2pfaas.node.function.FunctionDefinition;
import java.time.Instant;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * One function of this node: what it is, what runs it, and what runs just now. One that is taken out of service lets its
 * executions end before its runtime goes. Thread-safe.
 */
public final class Deployed {
    private final FunctionDefinition definition;
    private final FunctionRuntime runtime;
    private final Instant createdAt;
    private final LongAdder invocations;
    private final AtomicInteger running = new AtomicInteger();
    private final AtomicBoolean undeployed = new AtomicBoolean();
    private volatile @Nullable Executor retirement;
    private volatile Runnable afterwards = () -> {};

    /** A function that was not here before. */
    public Deployed(FunctionDefinition definition, FunctionRuntime runtime, Instant createdAt) {
        this(definition, runtime, createdAt, new LongAdder());
    }

    private Deployed(FunctionDefinition definition, FunctionRuntime runtime, Instant createdAt, LongAdder invocations) {
        this.definition = definition;
        this.runtime = runtime;
        this.createdAt = createdAt;
        this.invocations = invocations;
    }

    /** Its successor: another definition, the same count of invocations. */
    Deployed successor(FunctionDefinition other, FunctionRuntime otherRuntime, Instant now) {
        return new Deployed(other, otherRuntime, now, invocations);
    }

    /** What it is. */
    public FunctionDefinition definition() {
        return definition;
    }

    /** What runs it. */
    public FunctionRuntime runtime() {
        return runtime;
    }

    /** When it was deployed. */
    public Instant createdAt() {
        return createdAt;
    }

    /** Executions started on this node, those under former definitions included. */
    public long invocations() {
        return invocations.sum();
    }

    /** Whether calls can be run just now. */
    boolean isUsable() {
        return !(runtime instanceof ReplicatedRuntime replicated) || replicated.isUsable();
    }

    /** As {@link FunctionRuntime#start}; null if it is out of service: whoever asks has to look for the function again. */
    public FunctionRuntime.@Nullable Execution start(
            Request request, long budgetNanos, FunctionRuntime.Listener listener) {
        running.incrementAndGet();
        if (retirement != null) {
            left();
            return null;
        }
        invocations.increment();
        Counted counted = new Counted(listener);
        try {
            return runtime.start(request, budgetNanos, counted);
        } catch (RuntimeException | LinkageError failed) {
            counted.leaveOnce();
            throw failed;
        }
    }

    /**
     * Takes it out of service: when nothing runs any more its runtime is undeployed, on {@code executor}.
     *
     * @param isGone run there after that
     */
    void retire(Executor executor, Runnable isGone) {
        afterwards = isGone;
        retirement = executor;
        undeployIfIdle();
    }

    private void left() {
        // The one that retires sees either this count or the flag; the last of both undeploys.
        if (running.decrementAndGet() == 0) {
            undeployIfIdle();
        }
    }

    private void undeployIfIdle() {
        Executor executor = retirement;
        if (executor != null && running.get() == 0 && undeployed.compareAndSet(false, true)) {
            executor.execute(() -> {
                runtime.undeploy();
                afterwards.run();
            });
        }
    }

    private final class Counted implements FunctionRuntime.Listener {
        private final FunctionRuntime.Listener listener;
        private final AtomicBoolean gone = new AtomicBoolean();

        Counted(FunctionRuntime.Listener listener) {
            this.listener = listener;
        }

        @Override
        public void ended(Outcome outcome) {
            try {
                listener.ended(outcome);
            } finally {
                leaveOnce();
            }
        }

        void leaveOnce() {
            if (gone.compareAndSet(false, true)) {
                left();
            }
        }
    }
}
