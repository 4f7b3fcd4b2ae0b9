package io.p2pfaas.node.http;

import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import io.undertow.server.ServerConnection;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * Knows which requests are under way and which connections are open, so that an entrance that closes answers first
 * whoever it still can: from then on every answer ends its connection.
 */
final class OpenExchanges implements HttpHandler {
    /** A caller that keeps a connection busy has sent its next request by then. */
    private static final long QUIET_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    private static final long POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

    private final HttpHandler next;
    private final Set<ServerConnection> connections = ConcurrentHashMap.newKeySet();
    private final AtomicInteger underWay = new AtomicInteger();
    private volatile boolean closing;
    private volatile long lastNanos;

    OpenExchanges(HttpHandler next) {
        this.next = next;
    }

    @Override
    public void handleRequest(HttpServerExchange exchange) throws Exception {
        underWay.incrementAndGet();
        exchange.addExchangeCompleteListener((completed, more) -> {
            lastNanos = System.nanoTime();
            underWay.decrementAndGet();
            more.proceed();
        });
        ServerConnection connection = exchange.getConnection();
        if (connections.add(connection)) {
            connection.addCloseListener(connections::remove);
        }
        if (closing) {
            exchange.setPersistent(false);
        }
        next.handleRequest(exchange);
    }

    /** Waits until all is answered and open connections have been quiet for a moment, but not for longer than this. */
    void awaitQuiet(long atMostNanos) {
        long began = System.nanoTime();
        lastNanos = began;
        closing = true;
        while (System.nanoTime() - began < atMostNanos && !isQuiet()) {
            LockSupport.parkNanos(this, POLL_NANOS);
        }
    }

    private boolean isQuiet() {
        return underWay.get() == 0 && (connections.isEmpty() || System.nanoTime() - lastNanos >= QUIET_NANOS);
    }
}
