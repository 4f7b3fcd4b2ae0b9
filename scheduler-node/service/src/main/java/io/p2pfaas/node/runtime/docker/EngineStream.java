package io.p2pfaas.node.runtime.docker;

import com.github.dockerjava.api.async.ResultCallback;
import io.p2pfaas.node.function.FunctionDesk.LogStream;
import java.io.Closeable;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * What the engine tells little by little, on a thread of docker-java's. Subclasses get items one at a time; after
 * {@link #close} none.
 */
abstract class EngineStream<T> implements ResultCallback<T>, LogStream {
    private static final Logger LOG = System.getLogger(EngineStream.class.getName());

    private final CompletableFuture<Void> started = new CompletableFuture<>();
    private final AtomicBoolean over = new AtomicBoolean();
    private @Nullable Closeable connection;

    /** Takes an item; may block to slow the engine down. */
    abstract void take(T item);

    /** Nothing more comes; {@code null} if all was said. Called once, unless the stream was closed or never started. */
    abstract void ended(@Nullable Throwable fault);

    /** Returns when the engine has begun to answer. */
    final void awaitStart(String doing, Duration atMost) throws EngineException {
        try {
            started.get(atMost.toNanos(), TimeUnit.NANOSECONDS);
        } catch (ExecutionException failed) {
            throw EngineFaults.named(doing, failed.getCause());
        } catch (TimeoutException late) {
            close();
            throw new EngineException(
                    EngineException.Kind.UNREACHABLE,
                    "cannot " + doing + ": the container engine did not answer within " + atMost.toSeconds() + " s",
                    late);
        } catch (InterruptedException stopped) {
            close();
            Thread.currentThread().interrupt();
            throw new EngineException(EngineException.Kind.FAILED, "cannot " + doing + ": interrupted", stopped);
        }
    }

    @Override
    public final void onStart(Closeable stream) {
        synchronized (this) {
            connection = stream;
        }
        if (over.get()) {
            disconnect();
        }
        started.complete(null);
    }

    @Override
    public final void onNext(T item) {
        if (!over.get()) {
            take(item);
        }
    }

    @Override
    public final void onError(Throwable fault) {
        if (started.completeExceptionally(fault)) {
            over.set(true);
        } else {
            end(fault);
        }
    }

    @Override
    public final void onComplete() {
        started.complete(null);
        end(null);
    }

    private void end(@Nullable Throwable fault) {
        if (over.compareAndSet(false, true)) {
            ended(fault);
        }
    }

    @Override
    public final void close() {
        over.set(true);
        disconnect();
    }

    private void disconnect() {
        Closeable open;
        synchronized (this) {
            open = connection;
            connection = null;
        }
        if (open == null) {
            return;
        }
        try {
            open.close();
        } catch (IOException failed) {
            LOG.log(Level.DEBUG, "a stream of the container engine could not be closed", failed);
        }
    }
}
