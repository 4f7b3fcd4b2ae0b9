package io.p2pfaas.node.runtime.docker;

import io.p2pfaas.node.runtime.FunctionRuntime;
import io.p2pfaas.node.runtime.HttpRuntime;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.xnio.IoFuture;
import org.xnio.IoUtils;
import org.xnio.OptionMap;
import org.xnio.StreamConnection;
import org.xnio.XnioExecutor;
import org.xnio.XnioIoThread;

/** Calls instances with {@link HttpRuntime}, on the entrance's I/O threads. */
final class XnioCallers implements Callers {
    /** Nearly all servers listen a few milliseconds after their container was started. */
    private static final long FIRST_PAUSE_MILLIS = 1;

    private static final long LONGEST_PAUSE_MILLIS = 50;
    /** A connection that is neither made nor refused by then will not be. */
    private static final long CONNECT_MILLIS = 500;

    private final HttpParts parts;

    XnioCallers(HttpParts parts) {
        this.parts = parts;
    }

    @Override
    public FunctionRuntime calling(String address, int port) {
        String host = address.contains(":") ? "[" + address + "]" : address;
        return new HttpRuntime(
                parts.worker(), parts.buffers(), URI.create("http://" + host + ":" + port), parts.limits());
    }

    @Override
    public void awaitReady(String address, int port, long byNanos, BooleanSupplier wanted, Consumer<Boolean> told) {
        new Waiting(new InetSocketAddress(address, port), byNanos, wanted, told).begin();
    }

    /** One instance that does not take calls yet. On one I/O thread. */
    private final class Waiting {
        private final InetSocketAddress address;
        private final long byNanos;
        private final BooleanSupplier wanted;
        private final Consumer<Boolean> told;
        private final XnioIoThread thread = parts.worker().getIoThread();
        private long pauseMillis = FIRST_PAUSE_MILLIS;

        Waiting(InetSocketAddress address, long byNanos, BooleanSupplier wanted, Consumer<Boolean> told) {
            this.address = address;
            this.byNanos = byNanos;
            this.wanted = wanted;
            this.told = told;
        }

        void begin() {
            try {
                thread.execute(this::connect);
            } catch (RejectedExecutionException ignored) {
                // The worker is shutting down: nothing can be called any more.
                told.accept(false);
            }
        }

        private void connect() {
            if (!wanted.getAsBoolean()) {
                return;
            }
            AtomicBoolean over = new AtomicBoolean();
            IoFuture<StreamConnection> connecting =
                    thread.openStreamConnection(address, connection -> IoUtils.safeClose(connection), OptionMap.EMPTY);
            XnioExecutor.Key givingUp =
                    thread.executeAfter(() -> connecting.cancel(), CONNECT_MILLIS, TimeUnit.MILLISECONDS);
            connecting.addNotifier(
                    (future, none) -> {
                        if (over.compareAndSet(false, true)) {
                            givingUp.remove();
                            if (future.getStatus() != IoFuture.Status.DONE) {
                                again();
                            } else {
                                told.accept(true);
                            }
                        }
                    },
                    null);
        }

        private void again() {
            if (System.nanoTime() >= byNanos) {
                told.accept(false);
                return;
            }
            try {
                thread.executeAfter(this::connect, pauseMillis, TimeUnit.MILLISECONDS);
                pauseMillis = Math.min(LONGEST_PAUSE_MILLIS, pauseMillis + 1);
            } catch (RejectedExecutionException ignored) {
                // The worker is shutting down: nothing can be called any more.
                told.accept(false);
            }
        }
    }
}
