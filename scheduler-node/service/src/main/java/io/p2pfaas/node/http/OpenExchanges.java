package io.p2pfaas.node.http;

import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntSupplier;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;

/**
 * Knows how many requests are under way, so that an entrance that closes answers first whoever it still can: from then on
 * every answer ends its connection.
 */
final class OpenExchanges implements HttpHandler {
    /** A caller that keeps a connection busy has sent its next request by then. */
    private static final long QUIET_NANOS = TimeUnit.MILLISECONDS.toNanos(200);

    private static final long POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

    private final HttpHandler next;
    private final LongSupplier nanoTime;
    private final LongConsumer pause;
    private final AtomicInteger underWay = new AtomicInteger();
    private volatile boolean closing;
    private volatile long lastNanos;

    OpenExchanges(HttpHandler next) {
        this(next, System::nanoTime, LockSupport::parkNanos);
    }

    OpenExchanges(HttpHandler next, LongSupplier nanoTime, LongConsumer pause) {
        this.next = next;
        this.nanoTime = nanoTime;
        this.pause = pause;
    }

    @Override
    public void handleRequest(HttpServerExchange exchange) throws Exception {
        underWay.incrementAndGet();
        exchange.addExchangeCompleteListener((completed, more) -> {
            lastNanos = nanoTime.getAsLong();
            underWay.decrementAndGet();
            more.proceed();
        });
        if (closing) {
            exchange.setPersistent(false);
        }
        next.handleRequest(exchange);
    }

    /** From now on each answer is the last one of its connection. */
    void endConnections() {
        closing = true;
    }

    /**
     * Waits until all is answered and no connection is open, or those that are have been quiet for a moment.
     *
     * @param connections how many are open, with those that have sent nothing yet
     * @param atMostNanos no longer than this, whoever still sends
     */
    void awaitQuiet(IntSupplier connections, long atMostNanos) {
        long began = nanoTime.getAsLong();
        lastNanos = began;
        while (nanoTime.getAsLong() - began < atMostNanos && !isQuiet(connections)) {
            pause.accept(POLL_NANOS);
        }
    }

    private boolean isQuiet(IntSupplier connections) {
        return underWay.get() == 0 && (nanoTime.getAsLong() - lastNanos >= QUIET_NANOS || connections.getAsInt() == 0);
    }
}
