package io.p2pfaas.node.runtime.docker;

import com.github.dockerjava.api.model.PullResponseItem;
import com.github.dockerjava.api.model.ResponseItem.ErrorDetail;
import com.github.dockerjava.api.model.ResponseItem.ProgressDetail;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Fetches an image: tells how far it is, and gives up when nothing moves any more. */
final class ImagePull extends EngineStream<PullResponseItem> {
    private static final long TELL_EVERY_NANOS = TimeUnit.SECONDS.toNanos(2);
    private static final long MEGABYTE = 1_000_000;

    private final String image;
    private final Consumer<String> progress;
    private final CompletableFuture<Void> done = new CompletableFuture<>();
    private final Map<String, ProgressDetail> layers = new HashMap<>();
    private volatile long movedNanos = System.nanoTime();
    private long toldNanos = movedNanos - TELL_EVERY_NANOS;
    private @Nullable String failure;

    ImagePull(String image, Consumer<String> progress) {
        this.image = image;
        this.progress = progress;
    }

    @Override
    void take(PullResponseItem item) {
        movedNanos = System.nanoTime();
        ErrorDetail error = item.getErrorDetail();
        if (error != null) {
            failure = error.getMessage();
        }
        ProgressDetail detail = item.getProgressDetail();
        if (item.getId() != null
                && detail != null
                && detail.getTotal() != null
                && "Downloading".equals(item.getStatus())) {
            layers.put(item.getId(), detail);
        }
        if (movedNanos - toldNanos >= TELL_EVERY_NANOS) {
            toldNanos = movedNanos;
            progress.accept("fetching " + image + howFar());
        }
    }

    private String howFar() {
        long here = 0;
        long total = 0;
        for (ProgressDetail layer : layers.values()) {
            here += layer.getCurrent() == null ? 0 : layer.getCurrent();
            total += layer.getTotal() == null ? 0 : layer.getTotal();
        }
        return total == 0 ? "" : ": " + here / MEGABYTE + " of " + (total + MEGABYTE - 1) / MEGABYTE + " MB";
    }

    @Override
    void ended(@Nullable Throwable fault) {
        if (fault != null) {
            done.completeExceptionally(fault);
        } else if (failure != null) {
            done.completeExceptionally(new IllegalStateException(failure));
        } else {
            done.complete(null);
        }
    }

    /**
     * Waits until it is here.
     *
     * @param stalled so long may pass without news
     * @param atMost so long may it take in all
     */
    void await(Duration stalled, Duration atMost) throws EngineException {
        long begun = System.nanoTime();
        try {
            while (true) {
                long now = System.nanoTime();
                long left = Math.min(stalled.toNanos() - (now - movedNanos), atMost.toNanos() - (now - begun));
                if (left <= 0) {
                    boolean slow = now - begun >= atMost.toNanos();
                    throw failed(
                            slow
                                    ? "it took longer than " + atMost.toMinutes() + " min"
                                    : "nothing came for " + stalled.toSeconds() + " s",
                            null);
                }
                if (isDoneWithin(left)) {
                    return;
                }
            }
        } catch (ExecutionException broken) {
            Throwable cause = broken.getCause();
            throw failed(EngineFaults.reason(cause == null ? broken : cause), cause);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw failed("interrupted", stopped);
        } finally {
            close();
        }
    }

    private boolean isDoneWithin(long nanos) throws ExecutionException, InterruptedException {
        try {
            done.get(nanos, TimeUnit.NANOSECONDS);
            return true;
        } catch (TimeoutException ignored) {
            // Something may have moved meanwhile.
            return false;
        }
    }

    private EngineException failed(String reason, @Nullable Throwable cause) {
        return new EngineException(
                EngineException.Kind.ABSENT, "image " + image + " is not here and cannot be fetched: " + reason, cause);
    }
}
