package io.p2pfaas.node.http;

import io.undertow.server.HttpServerExchange;
import io.undertow.server.handlers.sse.ServerSentEventConnection;
import io.undertow.server.handlers.sse.ServerSentEventHandler;
import io.undertow.util.Headers;
import io.undertow.util.StatusCodes;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.xnio.IoUtils;

/**
 * Those who look at {@code /ui}: pages that listen for events, and who asked for the board a moment ago. One that does
 * not take what it was sent is sent nothing more until it has. Bounded. Thread-safe.
 */
public final class Viewers implements AutoCloseable {
    static final int MAX_LISTENING = 32;
    private static final int GENERIC = 1;
    private static final long POLL_NANOS = TimeUnit.SECONDS.toNanos(10);
    private static final String EVENT = "board";

    private final Source source;
    private final Map<ServerSentEventConnection, AtomicBoolean> listening = new ConcurrentHashMap<>();
    private volatile long lookedUntilNanos;
    private volatile boolean closed;

    /** Where the board comes from. */
    public interface Source {
        /** The whole board, JSON in one line. May take a millisecond; not on an I/O thread. */
        byte[] board();

        /** A clock. */
        long nowNanos();
    }

    /** @param source asked for a whole board when somebody comes */
    public Viewers(Source source) {
        this.source = source;
        this.lookedUntilNanos = source.nowNanos();
    }

    /** Whether anybody looks. */
    public boolean anybody(long nowNanos) {
        return !listening.isEmpty() || lookedUntilNanos - nowNanos > 0;
    }

    /** Sends this to all that listen. */
    public void show(byte[] board) {
        if (listening.isEmpty()) {
            return;
        }
        String text = new String(board, StandardCharsets.UTF_8);
        listening.forEach((connection, busy) -> send(connection, busy, text));
    }

    /** The board for one request. */
    byte[] lookOnce() {
        lookedUntilNanos = source.nowNanos() + POLL_NANOS;
        return source.board();
    }

    /** Lets a page listen, if there is room. */
    void listen(HttpServerExchange exchange) throws Exception {
        if (closed || listening.size() >= MAX_LISTENING) {
            exchange.getResponseHeaders().put(Replies.RETRY_AFTER, "10");
            Replies.error(
                    exchange,
                    StatusCodes.SERVICE_UNAVAILABLE,
                    GENERIC,
                    "As many pages listen as can at the same time: " + MAX_LISTENING + "; ask for /ui/board");
            return;
        }
        exchange.getResponseHeaders().put(Headers.CACHE_CONTROL, "no-store");
        Executor tasks = exchange.getConnection().getWorker();
        new ServerSentEventHandler((connection, lastId) -> came(connection, tasks)).handleRequest(exchange);
    }

    private void came(ServerSentEventConnection connection, Executor tasks) {
        // Nothing is shown before the whole board.
        AtomicBoolean busy = new AtomicBoolean(true);
        listening.put(connection, busy);
        connection.addCloseTask(gone -> listening.remove(gone));
        if (closed) {
            IoUtils.safeClose(connection);
            return;
        }
        tasks.execute(() -> begin(connection, busy, new String(source.board(), StandardCharsets.UTF_8)));
    }

    private void send(ServerSentEventConnection connection, AtomicBoolean busy, String text) {
        if (!connection.isOpen()) {
            listening.remove(connection);
        } else if (busy.compareAndSet(false, true)) {
            begin(connection, busy, text);
        }
    }

    private void begin(ServerSentEventConnection connection, AtomicBoolean busy, String text) {
        connection.send(text, EVENT, null, new ServerSentEventConnection.EventCallback() {
            @Override
            public void done(ServerSentEventConnection to, String data, String event, String id) {
                busy.set(false);
            }

            @Override
            public void failed(ServerSentEventConnection to, String data, String event, String id, IOException error) {
                listening.remove(to);
            }
        });
    }

    /** Ends all: a node that leaves does not wait for pages. */
    @Override
    public void close() {
        closed = true;
        listening.keySet().forEach(IoUtils::safeClose);
        listening.clear();
    }
}
