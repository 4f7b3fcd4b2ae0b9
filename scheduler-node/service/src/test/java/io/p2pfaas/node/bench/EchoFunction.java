package io.p2pfaas.node.bench;

import io.undertow.Undertow;
import io.undertow.UndertowOptions;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.Headers;
import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * A trivial HTTP function: reads the whole body and answers it. {@code EchoFunction PORT}, until killed. Small bodies
 * are handled on the I/O thread; large ones with streams on a worker thread, since Undertow's asynchronous receiver
 * copies byte by byte.
 */
final class EchoFunction {
    private static final long MAX_BODY = 64L * 1024 * 1024;
    private static final long LARGE = 64 * 1024;

    private EchoFunction() {}

    public static void main(String[] arguments) {
        Undertow.builder()
                .addHttpListener(Integer.parseInt(arguments[0]), "127.0.0.1")
                .setIoThreads(2)
                .setServerOption(UndertowOptions.MAX_ENTITY_SIZE, MAX_BODY)
                .setHandler(EchoFunction::handle)
                .build()
                .start();
    }

    private static void handle(HttpServerExchange exchange) {
        exchange.getResponseHeaders().put(Headers.CONTENT_TYPE, "application/octet-stream");
        if (exchange.getRequestContentLength() > LARGE) {
            exchange.dispatch(EchoFunction::stream);
        } else {
            exchange.getRequestReceiver()
                    .receiveFullBytes(
                            (received, body) -> received.getResponseSender().send(ByteBuffer.wrap(body)));
        }
    }

    private static void stream(HttpServerExchange exchange) throws IOException {
        exchange.startBlocking();
        byte[] body = exchange.getInputStream().readNBytes((int) exchange.getRequestContentLength());
        exchange.setResponseContentLength(body.length);
        exchange.getOutputStream().write(body);
        exchange.endExchange();
    }
}
