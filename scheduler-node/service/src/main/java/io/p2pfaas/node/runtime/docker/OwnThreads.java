package io.p2pfaas.node.runtime.docker;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The threads of the container runtimes: few, and shared by all functions. */
final class OwnThreads implements ContainerThreads, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(OwnThreads.class);
    /** More containers at once only make each of them slower. */
    private static final int MAKING = 4;

    private static final int SHORT = 4;
    private static final int QUEUE_LENGTH = 4096;
    private static final long IDLE_SECONDS = 10;

    private final ThreadPoolExecutor makers = pool("containers-make-", MAKING);
    private final ThreadPoolExecutor workers = pool("containers-", SHORT);
    private final ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(1, task -> {
        Thread thread = new Thread(task, "containers-timer");
        thread.setDaemon(true);
        return thread;
    });

    OwnThreads() {
        timer.setRemoveOnCancelPolicy(true);
    }

    private static ThreadPoolExecutor pool(String name, int size) {
        AtomicInteger number = new AtomicInteger();
        ThreadPoolExecutor pool = new ThreadPoolExecutor(
                size, size, IDLE_SECONDS, TimeUnit.SECONDS, new ArrayBlockingQueue<>(QUEUE_LENGTH), task -> {
                    Thread thread = new Thread(task, name + number.incrementAndGet());
                    thread.setDaemon(true);
                    return thread;
                });
        pool.allowCoreThreadTimeOut(true);
        return pool;
    }

    @Override
    public long now() {
        return System.nanoTime();
    }

    @Override
    public void soon(Runnable task) {
        workers.execute(guarded(task));
    }

    @Override
    public void making(Runnable task) {
        makers.execute(guarded(task));
    }

    @Override
    public Runnable after(long nanos, Runnable task) {
        var planned = timer.schedule(guarded(task), nanos, TimeUnit.NANOSECONDS);
        return () -> planned.cancel(false);
    }

    private static Runnable guarded(Runnable task) {
        return () -> {
            try {
                task.run();
            } catch (RuntimeException e) {
                LOG.error("container_task_failed", e);
            }
        };
    }

    /** Takes no more tasks that make containers, and waits for those under way; false if they take too long. */
    boolean stopMaking(long nanos) {
        makers.getQueue().clear();
        return ended(makers, nanos);
    }

    /** Takes no more tasks, and waits for those that there are; false if they take too long. */
    boolean finish(long nanos) {
        timer.shutdownNow();
        return ended(workers, nanos);
    }

    @Override
    public void close() {
        timer.shutdownNow();
        makers.shutdownNow();
        workers.shutdownNow();
    }

    private static boolean ended(ExecutorService pool, long nanos) {
        pool.shutdown();
        try {
            return pool.awaitTermination(nanos, TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
