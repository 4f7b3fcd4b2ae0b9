package io.p2pfaas.node.runtime;

import io.p2pfaas.core.model.Reason;
import io.p2pfaas.node.call.Response;
import java.util.concurrent.Callable;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A running call of a built-in function: the ways to answer it, and the ways it ends otherwise. Thread-safe. */
final class BuiltinExecution implements FunctionRuntime.Execution {
    private static final Logger LOG = LoggerFactory.getLogger(BuiltinExecution.class);

    private final BuiltinRuntime runtime;
    private final ScheduledExecutorService timer;
    private final ComputePool compute;
    private final long budgetNanos;
    private final Ending ending;
    private final Object workLock = new Object();
    private boolean workIsOver;
    private volatile @Nullable Future<?> timed;
    private volatile @Nullable Future<?> computed;

    BuiltinExecution(
            BuiltinRuntime runtime,
            ScheduledExecutorService timer,
            ComputePool compute,
            long budgetNanos,
            Ending ending) {
        this.runtime = runtime;
        this.timer = timer;
        this.compute = compute;
        this.budgetNanos = budgetNanos;
        this.ending = ending;
    }

    /** Answers now. */
    void answer(Response response) {
        release();
        ending.answered(response);
    }

    /** Answers after so long, or expires if that is beyond the budget. Holds no thread meanwhile. */
    void answerAfter(long nanos, Supplier<Response> response) {
        if (nanos < budgetNanos) {
            wakeAfter(nanos, () -> answer(response.get()));
        } else {
            wakeAfter(budgetNanos, this::expired);
        }
    }

    /** Answers with the result of work that needs a processor. The work is interrupted when nobody wants it any more. */
    void answerWith(Callable<Response> work) {
        wakeAfter(budgetNanos, this::expired);
        if (ending.isTold()) {
            return;
        }
        try {
            computed = compute.submit(() -> {
                if (!ending.isTold()) {
                    attempt(work);
                }
            });
        } catch (RejectedExecutionException ignored) {
            broken(Reason.FUNCTION_BROKEN, "The node has too much computing to do.");
        }
        forgetIfTold();
    }

    private void attempt(Callable<Response> work) {
        Response response = null;
        try {
            response = work.call();
        } catch (Exception | OutOfMemoryError e) {
            // Memory runs out for a large picture, and is there again when the picture is dropped.
            // After the end an exception is only the answer to the interrupt.
            if (!ending.isTold()) {
                LOG.warn("builtin_failed", e);
            }
        }
        synchronized (workLock) {
            workIsOver = true;
        }
        // An interrupt that came too late for the work is not meant for the listener.
        Thread.interrupted();
        if (response != null) {
            answer(response);
        } else {
            broken(Reason.FUNCTION_BROKEN, "The function failed.");
        }
    }

    private void wakeAfter(long nanos, Runnable action) {
        try {
            timed = timer.schedule(action, nanos, TimeUnit.NANOSECONDS);
        } catch (RejectedExecutionException ignored) {
            broken(Reason.NODE_STOPPED, "The node is stopping.");
        }
        forgetIfTold();
    }

    /** The end may have come from another thread before the future was known here. */
    private void forgetIfTold() {
        if (ending.isTold()) {
            release();
        }
    }

    @Override
    public void abort() {
        broken(Reason.FUNCTION_BROKEN, "The execution was aborted.");
    }

    void stopped() {
        broken(Reason.NODE_STOPPED, "The function was stopped while it ran.");
    }

    void expired() {
        broken(Reason.EXPIRED_RUNNING, "The function did not answer in time.");
    }

    private void broken(Reason reason, String detail) {
        if (ending.broken(reason, detail)) {
            release();
        }
    }

    private void release() {
        runtime.left(this);
        Future<?> wake = timed;
        if (wake != null) {
            wake.cancel(false);
        }
        Future<?> work = computed;
        if (work != null) {
            synchronized (workLock) {
                if (!workIsOver) {
                    work.cancel(true);
                }
            }
            compute.purge();
        }
    }
}
