package io.p2pfaas.node.http;

import io.undertow.server.HttpServerExchange;
import io.undertow.server.ServerConnection;
import io.undertow.server.handlers.sse.ServerSentEventConnection;
import io.undertow.server.handlers.sse.ServerSentEventHandler;
import io.undertow.util.Headers;
import io.undertow.util.StatusCodes;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.xnio.IoUtils;

/**
 * Those who look at {@code /ui}: pages that listen for events, and who asked for the board a moment ago. One that does
 * not take what it was sent is sent nothing more until it has, and is cut off if that takes too long: its place is for
 * others. However many ask at once, the board is written a few times a second. Bounded. Thread-safe.
 */
public final class Viewers implements AutoCloseable {
    static final int MAX_LISTENING = 32;
    private static final int GENERIC = 1;
    private static final long POLL_NANOS = TimeUnit.SECONDS.toNanos(10);
    private static final long SLOW_NANOS = TimeUnit.SECONDS.toNanos(15);
    /** Shorter than anybody looks again. */
    private static final long SAME_NANOS = TimeUnit.MILLISECONDS.toNanos(200);

    /** Boards that pages have not taken yet, of all of them together; in memory they take more. */
    private static final long MAX_ON_THEIR_WAY = Runtime.getRuntime().maxMemory() / 32;

    private static final String EVENT = "board";

    private final Source source;
    private final Semaphore room = new Semaphore(MAX_LISTENING);
    private final Map<ServerSentEventConnection, Listener> listening = new ConcurrentHashMap<>();
    private byte @Nullable [] written;
    private long writtenNanos;
    private volatile long lookedUntilNanos;
    private volatile boolean closed;

    /** Where the board comes from. */
    public interface Source {
        /** The whole board, JSON in one line. May take a millisecond; not on an I/O thread. */
        byte[] board();

        /** A clock. */
        long nowNanos();
    }

    /**
     * A page that listens.
     *
     * @param sending what it was sent and has not taken yet; null if it has taken all
     */
    private record Listener(ServerConnection connection, AtomicReference<@Nullable Sending> sending) {
        boolean isTooSlow(long nowNanos) {
            Sending now = sending.get();
            return now != null && nowNanos - now.sinceNanos() > SLOW_NANOS;
        }

        long bytes() {
            Sending now = sending.get();
            return now == null ? 0 : now.bytes();
        }
    }

    private record Sending(long bytes, long sinceNanos) {}

    /** @param source asked for a whole board when somebody comes */
    public Viewers(Source source) {
        this.source = source;
        this.lookedUntilNanos = source.nowNanos();
    }

    /** Whether anybody looks. */
    public boolean anybody(long nowNanos) {
        return listening() > 0 || lookedUntilNanos - nowNanos > 0;
    }

    int listening() {
        return listening.size();
    }

    /** Sends this to all that listen. */
    public void show(byte[] board) {
        if (listening.isEmpty()) {
            return;
        }
        String text = new String(board, StandardCharsets.UTF_8);
        long now = source.nowNanos();
        listening.forEach((connection, listener) -> {
            if (listener.isTooSlow(now)) {
                listening.remove(connection);
                // Not the stream of events, whose end would wait behind what is not taken.
                IoUtils.safeClose(listener.connection());
            } else {
                send(connection, listener, text);
            }
        });
    }

    /** The board for one request. Not on an I/O thread. */
    byte[] lookOnce() {
        lookedUntilNanos = source.nowNanos() + POLL_NANOS;
        return board();
    }

    private synchronized byte[] board() {
        long now = source.nowNanos();
        byte[] last = written;
        if (last == null || now - writtenNanos > SAME_NANOS) {
            last = source.board();
            written = last;
            writtenNanos = now;
        }
        return last;
    }

    /** Lets a page listen, if there is room. */
    void listen(HttpServerExchange exchange) {
        if (closed || !room.tryAcquire()) {
            exchange.getResponseHeaders().put(Replies.RETRY_AFTER, "10");
            Replies.error(
                    exchange,
                    StatusCodes.SERVICE_UNAVAILABLE,
                    GENERIC,
                    "As many pages listen as can at the same time: " + MAX_LISTENING + "; ask for /ui/board");
            return;
        }
        ServerConnection connection = exchange.getConnection();
        // A connection that has listened does nothing else any more.
        exchange.setPersistent(false);
        connection.addCloseListener(gone -> room.release());
        exchange.getResponseHeaders().put(Headers.CACHE_CONTROL, "no-store");
        exchange.dispatch(task -> {
            String first = new String(board(), StandardCharsets.UTF_8);
            new ServerSentEventHandler(
                            (events, lastId) -> came(events, new Listener(connection, new AtomicReference<>()), first))
                    .handleRequest(task);
        });
    }

    private void came(ServerSentEventConnection connection, Listener listener, String first) {
        listening.put(connection, listener);
        connection.addCloseTask(gone -> listening.remove(gone));
        // Several may have found the last place free.
        if (closed || listening.size() > MAX_LISTENING) {
            listening.remove(connection);
            IoUtils.safeClose(connection);
            return;
        }
        send(connection, listener, first);
    }

    private void send(ServerSentEventConnection connection, Listener listener, String text) {
        if (!connection.isOpen()) {
            listening.remove(connection);
            return;
        }
        long onTheirWay = listening.values().stream().mapToLong(Listener::bytes).sum();
        boolean hasRoom = onTheirWay == 0 || onTheirWay + text.length() <= MAX_ON_THEIR_WAY;
        Sending sending = new Sending(text.length(), source.nowNanos());
        if (hasRoom && listener.sending().compareAndSet(null, sending)) {
            connection.send(text, EVENT, null, new ServerSentEventConnection.EventCallback() {
                @Override
                public void done(ServerSentEventConnection to, String data, String event, String id) {
                    listener.sending().set(null);
                }

                @Override
                public void failed(
                        ServerSentEventConnection to, String data, String event, String id, IOException error) {
                    listening.remove(to);
                }
            });
        }
    }

    /** Ends all: a node that leaves does not wait for pages. */
    @Override
    public void close() {
        closed = true;
        listening.keySet().forEach(IoUtils::safeClose);
        listening.clear();
    }
}
