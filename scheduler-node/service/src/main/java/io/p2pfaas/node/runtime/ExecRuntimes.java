package io.p2pfaas.node.runtime;

import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Makes runtimes for programs that are started once per call, and owns the threads they share: a call occupies up to
 * three, to write its input and to read its two outputs. How many calls there are at once is bounded by the node's slots.
 */
public final class ExecRuntimes implements AutoCloseable {
    private static final long IDLE_SECONDS = 10;

    private final ThreadPoolExecutor threads;
    private final ScheduledThreadPoolExecutor timer;
    private final int maxAnswerBytes;

    /**
     * @param maxAnswerBytes the longest output that is taken
     */
    public ExecRuntimes(int maxAnswerBytes) {
        this.maxAnswerBytes = maxAnswerBytes;
        AtomicLong number = new AtomicLong();
        threads = new ThreadPoolExecutor(
                0,
                Integer.MAX_VALUE,
                IDLE_SECONDS,
                TimeUnit.SECONDS,
                new SynchronousQueue<>(),
                task -> daemon(task, "exec-" + number.incrementAndGet()));
        timer = new ScheduledThreadPoolExecutor(1, task -> daemon(task, "exec-timer"));
        timer.setRemoveOnCancelPolicy(true);
    }

    private static Thread daemon(Runnable task, String name) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        return thread;
    }

    /**
     * A runtime for the program that {@code spec} names, {@code exec:/PATH/PROGRAM?arg=...}.
     *
     * @throws IllegalArgumentException if there is no such program
     */
    public FunctionRuntime create(String spec) {
        return new ExecRuntime(ExecSpec.parse(spec), threads, timer, maxAnswerBytes);
    }

    /** Stops the shared threads; the runtimes are to be closed before. */
    @Override
    public void close() {
        timer.shutdownNow();
        threads.shutdown();
    }
}
