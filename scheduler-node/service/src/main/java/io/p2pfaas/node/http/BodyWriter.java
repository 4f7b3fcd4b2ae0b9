package io.p2pfaas.node.http;

import io.undertow.server.HttpServerExchange;
import io.undertow.util.Headers;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.xnio.IoUtils;
import org.xnio.channels.StreamSinkChannel;

/**
 * Sends answer bodies. A large one goes in windows: the JDK copies all that it is asked to write from the heap, even if
 * the socket takes a part of it only, which for a body of megabytes means copying it many times over.
 *
 * <p>The head goes out with a copy of the beginning, not with the body itself: Undertow keeps the buffer that went with
 * the last head until the connection ends or answers again, so each idle connection would hold a whole body.
 */
final class BodyWriter {
    static final int WINDOW_BYTES = 64 * 1024;

    /** What an idle connection may hold. */
    private static final int WITH_HEAD_BYTES = 4 * 1024;

    private final HttpServerExchange exchange;
    private final ByteBuffer withHead = ByteBuffer.allocate(WITH_HEAD_BYTES);
    private final ByteBuffer body;

    private BodyWriter(HttpServerExchange exchange, ByteBuffer body) {
        this.exchange = exchange;
        this.body = body;
        int end = body.limit();
        withHead.put(body.limit(body.position() + WITH_HEAD_BYTES)).flip();
        body.limit(end);
    }

    /** Sends the body and ends the exchange. On the exchange's I/O thread; does not block. */
    static void send(HttpServerExchange exchange, ByteBuffer body) {
        if (body.remaining() <= WITH_HEAD_BYTES) {
            exchange.getResponseSender().send(body);
            return;
        }
        exchange.getResponseHeaders().put(Headers.CONTENT_LENGTH, body.remaining());
        new BodyWriter(exchange, body).write(exchange.getResponseChannel());
    }

    private void write(StreamSinkChannel channel) {
        try {
            while (withHead.hasRemaining() || body.hasRemaining()) {
                if (writeSome(channel) == 0) {
                    channel.getWriteSetter().set(this::write);
                    channel.resumeWrites();
                    return;
                }
            }
            channel.suspendWrites();
            exchange.endExchange();
        } catch (IOException gone) {
            // The caller closed the connection; there is nobody to tell.
            IoUtils.safeClose(exchange.getConnection());
        }
    }

    private int writeSome(StreamSinkChannel channel) throws IOException {
        if (withHead.hasRemaining()) {
            return channel.write(withHead);
        }
        int end = body.limit();
        body.limit(Math.min(end, body.position() + WINDOW_BYTES));
        int written = channel.write(body);
        body.limit(end);
        return written;
    }
}
