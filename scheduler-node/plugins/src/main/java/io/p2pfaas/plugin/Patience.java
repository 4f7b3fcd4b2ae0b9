package io.p2pfaas.plugin;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Runs others' code on a thread of its own and waits for it only so long. What hangs is left behind, as a daemon. */
final class Patience {
    private Patience() {}

    /**
     * The result of {@code work}.
     *
     * @throws TimeoutException if it is not there in time
     * @throws ExecutionException with what the work threw, errors included
     */
    static <T> T within(Duration limit, String thread, Callable<T> work) throws TimeoutException, ExecutionException {
        FutureTask<T> task = new FutureTask<>(work);
        Thread runner = new Thread(task, thread);
        runner.setDaemon(true);
        runner.start();
        return await(task, limit.toNanos());
    }

    /** What the work threw. */
    static Throwable thrown(ExecutionException ended) {
        Throwable cause = ended.getCause();
        return cause == null ? ended : cause;
    }

    /** Waits for a task, however often this thread is interrupted meanwhile; then it is interrupted as before. */
    static <T> T await(FutureTask<T> task, long limitNanos) throws TimeoutException, ExecutionException {
        long until = System.nanoTime() + limitNanos;
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return task.get(until - System.nanoTime(), TimeUnit.NANOSECONDS);
                } catch (InterruptedException ignored) {
                    // The node's work for a call must not be taken for the plug-in's.
                    interrupted = true;
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
