package io.p2pfaas.node.runtime;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** A fixed number of threads for work that needs a processor, with a bounded queue. Shared by all such functions. */
public final class ComputePool implements AutoCloseable {
    private final ThreadPoolExecutor threads;

    /**
     * Starts no thread before the first task.
     *
     * @param threadCount how many tasks run at once
     * @param queueLength how many more may wait
     */
    public ComputePool(int threadCount, int queueLength) {
        AtomicInteger number = new AtomicInteger();
        threads = new ThreadPoolExecutor(
                threadCount, threadCount, 10, TimeUnit.SECONDS, new ArrayBlockingQueue<>(queueLength), task -> {
                    Thread thread = new Thread(task, "compute-" + number.incrementAndGet());
                    thread.setDaemon(true);
                    return thread;
                });
        threads.allowCoreThreadTimeOut(true);
    }

    /**
     * Runs the task soon. Cancelling the result interrupts it, and takes it out of the queue if it still waits.
     *
     * @throws java.util.concurrent.RejectedExecutionException if the queue is full or the pool is closed
     */
    Future<?> submit(Runnable task) {
        return threads.submit(task);
    }

    /** Forgets cancelled tasks that still wait, so that they hold no place. */
    void purge() {
        threads.purge();
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
