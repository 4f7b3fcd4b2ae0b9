package io.p2pfaas.node.runtime.docker;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Fetches images, each only once at a time, on threads of its own: it can take minutes. Thread-safe. */
final class ImageFetches implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ImageFetches.class);
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final int AT_ONCE = 2;
    private static final int QUEUE_LENGTH = 64;
    private static final long IDLE_SECONDS = 10;

    private final Engine engine;
    private final Map<String, CompletableFuture<Preparation>> running = new ConcurrentHashMap<>();
    private final ThreadPoolExecutor threads;

    ImageFetches(Engine engine) {
        this.engine = engine;
        AtomicInteger number = new AtomicInteger();
        threads = new ThreadPoolExecutor(
                AT_ONCE, AT_ONCE, IDLE_SECONDS, TimeUnit.SECONDS, new ArrayBlockingQueue<>(QUEUE_LENGTH), task -> {
                    Thread thread = new Thread(task, "containers-fetch-" + number.incrementAndGet());
                    thread.setDaemon(true);
                    return thread;
                });
        threads.allowCoreThreadTimeOut(true);
    }

    /** See {@link ContainerRuntimes#prepare}. */
    Preparation prepare(String image, Consumer<String> progress) {
        CompletableFuture<Preparation> fetch = new CompletableFuture<>();
        CompletableFuture<Preparation> before = running.putIfAbsent(image, fetch);
        if (before == null) {
            begin(image, progress, fetch);
        }
        try {
            return (before == null ? fetch : before).get(PATIENCE.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException slow) {
            return new Preparation(
                    Preparation.Kind.FETCHING,
                    "The image " + image + " is still being fetched after " + PATIENCE.toSeconds()
                            + " s; try again in a while.");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Preparation(Preparation.Kind.FETCHING, "The wait for the image " + image + " was cut short.");
        } catch (ExecutionException impossible) {
            throw new IllegalStateException("a fetch failed without a word", impossible);
        }
    }

    private void begin(String image, Consumer<String> progress, CompletableFuture<Preparation> fetch) {
        try {
            threads.execute(() -> end(image, fetch, fetch(image, progress)));
        } catch (RejectedExecutionException e) {
            end(
                    image,
                    fetch,
                    new Preparation(
                            Preparation.Kind.FETCHING, "Too many images are being fetched; try again in a while."));
        }
    }

    private Preparation fetch(String image, Consumer<String> progress) {
        try {
            engine.requireImage(image, progress);
            return new Preparation(Preparation.Kind.READY, "The image is there.");
        } catch (EngineException e) {
            return e.kind() == EngineException.Kind.UNREACHABLE
                    ? new Preparation(Preparation.Kind.NO_ENGINE, Failure.NO_ENGINE.text())
                    : new Preparation(Preparation.Kind.REFUSED, String.valueOf(e.getMessage()));
        } catch (RuntimeException e) {
            LOG.error("image_fetch_failed image={}", image, e);
            return new Preparation(Preparation.Kind.REFUSED, "The image " + image + " could not be fetched.");
        }
    }

    private void end(String image, CompletableFuture<Preparation> fetch, Preparation result) {
        running.remove(image);
        fetch.complete(result);
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
