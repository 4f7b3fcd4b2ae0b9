package io.p2pfaas.node.bench;

import io.undertow.Undertow;
import io.undertow.UndertowOptions;
import io.undertow.io.IoCallback;
import io.undertow.io.Sender;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.Headers;
import java.io.IOException;
import java.nio.ByteBuffer;

/** A trivial HTTP function: reads the whole body and answers it. {@code EchoFunction PORT}, until killed. */
final class EchoFunction implements IoCallback {
    private static final long MAX_BODY = 64L * 1024 * 1024;
    /** Large bodies in windows: in one piece the JDK would copy what is left with each write. */
    private static final int WINDOW_BYTES = 64 * 1024;

    private final ByteBuffer body;

    private EchoFunction(ByteBuffer body) {
        this.body = body;
    }

    public static void main(String[] arguments) {
        Undertow.builder()
                .addHttpListener(Integer.parseInt(arguments[0]), "127.0.0.1")
                .setIoThreads(2)
                .setServerOption(UndertowOptions.MAX_ENTITY_SIZE, MAX_BODY)
                .setHandler(exchange -> exchange.getRequestReceiver().receiveFullBytes((received, body) -> {
                    received.getResponseHeaders()
                            .put(Headers.CONTENT_TYPE, "application/octet-stream")
                            .put(Headers.CONTENT_LENGTH, body.length);
                    new EchoFunction(ByteBuffer.wrap(body)).sendNext(received.getResponseSender());
                }))
                .build()
                .start();
    }

    private void sendNext(Sender sender) {
        ByteBuffer window = body.slice(body.position(), Math.min(WINDOW_BYTES, body.remaining()));
        body.position(body.position() + window.remaining());
        if (body.hasRemaining()) {
            sender.send(window, this);
        } else {
            sender.send(window);
        }
    }

    @Override
    public void onComplete(HttpServerExchange exchange, Sender sender) {
        sendNext(sender);
    }

    @Override
    public void onException(HttpServerExchange exchange, Sender sender, IOException exception) {
        exchange.endExchange();
    }
}
