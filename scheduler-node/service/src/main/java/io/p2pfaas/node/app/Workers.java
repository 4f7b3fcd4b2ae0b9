package io.p2pfaas.node.app;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Threads for changes of functions, which wait for disk and container engine. They are there while there are some. */
final class Workers implements AutoCloseable {
    private static final int CHANGES = 16;
    private static final int MAX_WAITING = 64;
    private static final int RETIREMENTS = 2;
    private static final long IDLE_SECONDS = 10;
    private static final long LAST_RETIREMENTS_SECONDS = 5;

    private final ThreadPoolExecutor management =
            pool("functions-change-", CHANGES, new ArrayBlockingQueue<>(MAX_WAITING));
    /** Each change makes at most one, so the bound of the other is its bound too. */
    private final ThreadPoolExecutor retirement = pool("functions-retire-", RETIREMENTS, new LinkedBlockingQueue<>());

    private static ThreadPoolExecutor pool(String name, int threads, BlockingQueue<Runnable> waiting) {
        AtomicInteger number = new AtomicInteger();
        ThreadPoolExecutor pool =
                new ThreadPoolExecutor(threads, threads, IDLE_SECONDS, TimeUnit.SECONDS, waiting, task -> {
                    Thread thread = new Thread(task, name + number.incrementAndGet());
                    thread.setDaemon(true);
                    return thread;
                });
        pool.allowCoreThreadTimeOut(true);
        return pool;
    }

    /** For changes that somebody waits for; throws when there are too many. */
    Executor management() {
        return management;
    }

    /** For runtimes of functions that are gone. */
    Executor retirement() {
        return retirement;
    }

    /** Lets what is being undeployed end, for a moment. */
    @Override
    public void close() {
        management.shutdownNow();
        retirement.shutdown();
        try {
            boolean ignored = retirement.awaitTermination(LAST_RETIREMENTS_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
