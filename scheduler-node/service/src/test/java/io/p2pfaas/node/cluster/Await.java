package io.p2pfaas.node.cluster;

import static org.assertj.core.api.Assertions.fail;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Waits for what the world takes its time for, and says what it waited for if it does not come. */
final class Await {
    /** Long, since it costs time only in a test that fails, and the machine may be busy. */
    static final Duration PATIENCE = Duration.ofSeconds(20);

    private static final long POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

    private Await() {}

    /** Looks again and again until {@code condition} holds. */
    static void until(String what, BooleanSupplier condition) {
        until(() -> what, condition);
    }

    /** The same; {@code what} is asked when patience has run out, so it may tell the state of things. */
    static void until(Supplier<String> what, BooleanSupplier condition) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > end) {
                fail("waited " + PATIENCE.toSeconds() + " s in vain: " + what.get());
            }
            LockSupport.parkNanos(POLL_NANOS);
        }
    }

    /** The future's value. */
    static <T> T of(CompletableFuture<T> future) {
        return of(future, PATIENCE);
    }

    /** The same with another patience. */
    static <T> T of(CompletableFuture<T> future, Duration patience) {
        try {
            return future.get(patience.toSeconds(), TimeUnit.SECONDS);
        } catch (TimeoutException late) {
            return fail("nothing came for " + patience.toSeconds() + " s", late);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return fail("interrupted", interrupted);
        } catch (ExecutionException failed) {
            return fail("failed: " + failed.getCause(), failed.getCause());
        }
    }
}
