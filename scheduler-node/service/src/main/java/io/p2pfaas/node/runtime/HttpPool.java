package io.p2pfaas.node.runtime;

import io.undertow.client.ClientCallback;
import io.undertow.client.ClientConnection;
import io.undertow.client.UndertowClient;
import io.undertow.connector.ByteBufferPool;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.xnio.IoUtils;
import org.xnio.OptionMap;
import org.xnio.Options;
import org.xnio.XnioIoThread;

/**
 * Connections from one I/O thread to one target, and the executions that use them. Everything here happens on that
 * thread, so there are no locks; the bound is on connections in use, so there is no queue either.
 */
final class HttpPool {
    private static final OptionMap CONNECTION_OPTIONS = OptionMap.create(Options.TCP_NODELAY, true);

    private final XnioIoThread thread;
    private final ByteBufferPool buffers;
    private final HttpTarget target;
    private final HttpLimits limits;
    /** The most recently used first, so that those beyond the usual load grow old and are closed. */
    private final ArrayDeque<Pooled> idle = new ArrayDeque<>();

    private final Set<HttpExecution> running = Collections.newSetFromMap(new IdentityHashMap<>());
    /** Connections in use or being made. */
    private int busy;

    private boolean sweepPlanned;
    private boolean closed;

    HttpPool(XnioIoThread thread, ByteBufferPool buffers, HttpTarget target, HttpLimits limits) {
        this.thread = thread;
        this.buffers = buffers;
        this.target = target;
        this.limits = limits;
    }

    XnioIoThread thread() {
        return thread;
    }

    HttpTarget target() {
        return target;
    }

    HttpLimits limits() {
        return limits;
    }

    /** False if the pool is closed: the execution must not start. */
    boolean enter(HttpExecution execution) {
        return !closed && running.add(execution);
    }

    void leave(HttpExecution execution) {
        running.remove(execution);
    }

    /** An open connection that was used before, or null. To be given back by release or discard. */
    @Nullable
    ClientConnection takeIdle() {
        long now = System.nanoTime();
        for (Pooled pooled = idle.pollFirst(); pooled != null; pooled = idle.pollFirst()) {
            if (pooled.connection.isOpen() && now - pooled.expiresNanos < 0) {
                busy++;
                return pooled.connection;
            }
            closeAtOnce(pooled.connection);
        }
        return null;
    }

    /**
     * Makes a connection; tells {@code waiter} on this thread, maybe before returning. Undertow cannot be told to give
     * up: what connects after its waiter went is kept for the next call, and counts as in use until then.
     */
    void connect(Waiter waiter) {
        if (busy >= limits.connectionsPerThread()) {
            waiter.unreachable("All connections to the function are in use.");
            return;
        }
        busy++;
        target.resolve(thread, address -> {
            if (address == null) {
                busy--;
                waiter.unreachable("The function's address cannot be resolved.");
            } else {
                open(address, waiter);
            }
        });
    }

    private void open(URI address, Waiter waiter) {
        ClientCallback<ClientConnection> callback = new ClientCallback<>() {
            @Override
            public void completed(ClientConnection connection) {
                if (closed) {
                    discard(connection);
                } else if (!waiter.connected(connection)) {
                    release(connection, limits.idleTimeout().toNanos());
                }
            }

            @Override
            public void failed(IOException e) {
                busy--;
                target.forgetAddress();
                waiter.unreachable("The function does not accept connections.");
            }
        };
        UndertowClient.getInstance().connect(callback, address, thread, buffers, CONNECTION_OPTIONS);
    }

    /** Takes back a connection that is ready for another request. */
    void release(ClientConnection connection, long keepNanos) {
        busy--;
        if (closed || keepNanos <= 0 || !connection.isOpen()) {
            closeAtOnce(connection);
            return;
        }
        // Not parked at once: bytes that the server sent beyond its answer lie in the connection's push-back buffer,
        // and
        // Undertow has queued a task that finds them and closes the connection. They must not begin the next answer.
        try {
            thread.execute(() -> park(connection, System.nanoTime() + keepNanos));
        } catch (RejectedExecutionException ignored) {
            // The worker is shutting down: there will be no other request.
            closeAtOnce(connection);
        }
    }

    private void park(ClientConnection connection, long expiresNanos) {
        if (closed || !connection.isOpen() || idle.size() >= limits.connectionsPerThread()) {
            closeAtOnce(connection);
            return;
        }
        idle.addFirst(new Pooled(connection, expiresNanos));
        planSweep();
    }

    /** Takes back a connection that cannot be used again, and closes it. */
    void discard(ClientConnection connection) {
        busy--;
        closeAtOnce(connection);
    }

    private void planSweep() {
        if (!sweepPlanned) {
            long millis = Math.max(1_000, limits.idleTimeout().toMillis() / 4);
            try {
                thread.executeAfter(this::sweep, millis, TimeUnit.MILLISECONDS);
                sweepPlanned = true;
            } catch (RejectedExecutionException ignored) {
                // The worker is shutting down and closes all connections itself.
            }
        }
    }

    private void sweep() {
        sweepPlanned = false;
        long now = System.nanoTime();
        idle.removeIf(pooled -> {
            boolean over = !pooled.connection.isOpen() || now - pooled.expiresNanos >= 0;
            if (over) {
                closeAtOnce(pooled.connection);
            }
            return over;
        });
        if (!idle.isEmpty()) {
            planSweep();
        }
    }

    /** Ends what runs and closes what is open. */
    void close() {
        closed = true;
        for (HttpExecution execution : new ArrayList<>(running)) {
            execution.stopped();
        }
        for (Pooled pooled : idle) {
            closeAtOnce(pooled.connection);
        }
        idle.clear();
    }

    /**
     * Closes the socket itself. {@link ClientConnection#close()} would only say goodbye and then wait up to 10 s for the
     * server to do the same, during which a function works on for nobody.
     */
    private static void closeAtOnce(ClientConnection connection) {
        try {
            IoUtils.safeClose(connection.performUpgrade());
        } catch (IOException ignored) {
            // It was closed meanwhile, which is all that is wanted.
            IoUtils.safeClose(connection);
        }
    }

    /** Waits for a connection. */
    interface Waiter {
        /** False if it is no longer wanted. */
        boolean connected(ClientConnection connection);

        void unreachable(String detail);
    }

    private record Pooled(ClientConnection connection, long expiresNanos) {}
}
