package io.p2pfaas.node.http;

import io.p2pfaas.node.call.JsonText;
import io.p2pfaas.node.function.FunctionDesk.LogStream;
import io.p2pfaas.node.function.FunctionJson;
import io.p2pfaas.node.function.LogLine;
import io.p2pfaas.node.function.LogSink;
import io.undertow.server.AbstractServerConnection;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.Headers;
import io.undertow.util.StatusCodes;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.xnio.IoUtils;
import org.xnio.XnioExecutor;
import org.xnio.channels.StreamSinkChannel;
import org.xnio.conduits.ConduitStreamSourceChannel;

/**
 * One log on its way to a client. The source's thread puts lines into a bounded buffer and waits while it is full; the
 * connection's I/O thread sends each as soon as it is there. It ends with the source, with the client, after a time, or
 * after so many bytes: whichever is first, and the source hears of it at once.
 */
final class LogAnswer implements LogSink {
    private static final int MAX_BUFFERED_BYTES = 64 * 1024;
    private static final int BYTES_READ = 1024;

    private final HttpServerExchange exchange;
    private final long maxMillis;
    private final long maxBytes;
    private final Deque<ByteBuffer> buffered = new ArrayDeque<>();
    private long bufferedBytes;
    private long bytes;
    private boolean over;
    private boolean pumps;
    private @Nullable LogStream stream;
    private @Nullable StreamSinkChannel channel;
    private XnioExecutor.Key limit = () -> false;

    LogAnswer(HttpServerExchange exchange, Duration maxTime, long maxBytes) {
        this.exchange = exchange;
        this.maxMillis = maxTime.toMillis();
        this.maxBytes = maxBytes;
    }

    /** Sends the head, since a client may have to wait for the first line for long. On the I/O thread. */
    void begin() {
        exchange.setStatusCode(StatusCodes.OK);
        exchange.getResponseHeaders().put(Headers.CONTENT_TYPE, "application/x-ndjson");
        exchange.getResponseHeaders().put(Headers.CACHE_CONTROL, "no-cache");
        // What the client sends meanwhile is read and dropped, so there can be no further request.
        exchange.setPersistent(false);
        if (exchange.isHttp11()) {
            // So that a client can tell the end from a connection that broke.
            exchange.getResponseHeaders().put(Headers.TRANSFER_ENCODING, Headers.CHUNKED.toString());
        }
        exchange.getConnection().addCloseListener(closed -> stop());
        limit = exchange.getIoThread().executeAfter(this::timeIsUp, maxMillis, TimeUnit.MILLISECONDS);
        StreamSinkChannel sink = exchange.getResponseChannel();
        channel = sink;
        sink.getWriteSetter().set(ready -> pump());
        watchClient();
        pump();
    }

    /** Opens the source. On a thread that may wait. */
    void readFrom(Function<LogSink, LogStream> source) {
        LogStream opened = source.apply(this);
        boolean late;
        synchronized (this) {
            stream = opened;
            late = over;
        }
        if (late) {
            opened.close();
        }
    }

    @Override
    public boolean line(LogLine line) {
        ByteBuffer text = ByteBuffer.wrap(json(line).getBytes(StandardCharsets.UTF_8));
        boolean more;
        synchronized (this) {
            try {
                while (!over && bufferedBytes >= MAX_BUFFERED_BYTES) {
                    wait();
                }
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
                over = true;
            }
            if (over) {
                return false;
            }
            buffered.add(text);
            bufferedBytes += text.remaining();
            bytes += text.remaining();
            over = bytes >= maxBytes;
            more = !over;
        }
        sendSoon();
        return more;
    }

    @Override
    public void ended() {
        stop();
    }

    /** The source could not be opened: the client must not take this for an empty log. Any thread. */
    void failed() {
        stop();
        IoUtils.safeClose(exchange.getConnection());
    }

    private static String json(LogLine line) {
        return "{\"name\":" + JsonText.quoted(line.function().value()) + ",\"namespace\":\"" + FunctionJson.NAMESPACE
                + "\",\"instance\":" + JsonText.quoted(line.instance()) + ",\"timestamp\":\"" + line.timestamp()
                + "\",\"text\":" + JsonText.quoted(line.text()) + "}\n";
    }

    /** No further lines; those that are here are still sent. Any thread. */
    private void stop() {
        LogStream open;
        synchronized (this) {
            over = true;
            open = stream;
            notifyAll();
        }
        if (open != null) {
            open.close();
        }
        sendSoon();
    }

    /** A client that does not even take what is here by now will not have it. */
    private void timeIsUp() {
        stop();
        pump();
        if (!exchange.isResponseComplete()) {
            IoUtils.safeClose(exchange.getConnection());
        }
    }

    private void sendSoon() {
        synchronized (this) {
            if (pumps) {
                return;
            }
            pumps = true;
        }
        exchange.getIoThread().execute(this::pump);
    }

    /** Sends what is there. On the I/O thread. */
    private void pump() {
        StreamSinkChannel sink = channel;
        if (sink == null
                || exchange.isResponseComplete()
                || !exchange.getConnection().isOpen()) {
            return;
        }
        try {
            for (ByteBuffer next = next(); next != null; next = next()) {
                sink.write(next);
                if (next.hasRemaining()) {
                    sink.resumeWrites();
                    return;
                }
                sent(next);
            }
            if (isOver()) {
                limit.remove();
                sink.suspendWrites();
                exchange.endExchange();
            } else if (sink.flush()) {
                sink.suspendWrites();
            } else {
                sink.resumeWrites();
            }
        } catch (IOException gone) {
            IoUtils.safeClose(exchange.getConnection());
        }
    }

    private synchronized @Nullable ByteBuffer next() {
        pumps = false;
        return buffered.peek();
    }

    private synchronized void sent(ByteBuffer line) {
        buffered.remove();
        bufferedBytes -= line.limit();
        notifyAll();
    }

    private synchronized boolean isOver() {
        return over && buffered.isEmpty();
    }

    /** Only reading tells that a client has gone while there is nothing to send. */
    private void watchClient() {
        if (!(exchange.getConnection() instanceof AbstractServerConnection connection)) {
            return;
        }
        ConduitStreamSourceChannel source = connection.getChannel().getSourceChannel();
        source.setReadListener(ready -> {
            ByteBuffer dropped = ByteBuffer.allocate(BYTES_READ);
            try {
                int read = source.read(dropped);
                while (read > 0) {
                    read = source.read(dropped.clear());
                }
                if (read < 0) {
                    IoUtils.safeClose(connection);
                }
            } catch (IOException gone) {
                IoUtils.safeClose(connection);
            }
        });
        source.resumeReads();
    }
}
