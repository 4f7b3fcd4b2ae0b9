package io.p2pfaas.node.runtime.docker;

import io.p2pfaas.node.runtime.docker.EngineException.Kind;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Asks the engine and waits, but not for ever. On a unix socket a read has no timeout; it ends when its thread is
 * interrupted, so each request runs on a thread that may be. There are as many as callers that wait.
 */
final class EngineCalls implements AutoCloseable {
    private final AtomicInteger count = new AtomicInteger();
    private final ExecutorService threads = Executors.newCachedThreadPool(this::thread);

    private Thread thread(Runnable task) {
        Thread thread = new Thread(task, "engine-" + count.incrementAndGet());
        thread.setDaemon(true);
        return thread;
    }

    /**
     * Asks and waits.
     *
     * @param doing what for, as in "cannot create container c1"
     */
    <T> T ask(String doing, Duration atMost, Callable<T> request) throws EngineException {
        Future<T> answer = threads.submit(request);
        try {
            return answer.get(atMost.toNanos(), TimeUnit.NANOSECONDS);
        } catch (ExecutionException failed) {
            throw EngineFaults.named(doing, failed.getCause());
        } catch (TimeoutException late) {
            throw new EngineException(
                    Kind.UNREACHABLE,
                    "cannot " + doing + ": the container engine did not answer within " + atMost.toSeconds() + " s",
                    late);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new EngineException(Kind.FAILED, "cannot " + doing + ": interrupted", stopped);
        } finally {
            answer.cancel(true);
        }
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
