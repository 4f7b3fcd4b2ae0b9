package io.p2pfaas.node.cluster;

import io.undertow.Undertow;
import io.undertow.UndertowOptions;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.Headers;
import io.undertow.util.HttpString;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.StringJoiner;

/**
 * A function behind HTTP. {@code /status/NNN} answers so, with fields of all kinds; everything else answers with what
 * came: request line, header fields, body.
 */
final class FunctionServer implements AutoCloseable {
    private static final String STATUS = "/status/";

    private final Undertow server;

    private FunctionServer(Undertow server) {
        this.server = server;
    }

    static FunctionServer start() {
        Undertow server = Undertow.builder()
                .addHttpListener(0, "127.0.0.1")
                .setIoThreads(1)
                .setWorkerThreads(1)
                .setServerOption(UndertowOptions.MAX_ENTITY_SIZE, -1L)
                .setHandler(exchange -> exchange.getRequestReceiver().receiveFullBytes(FunctionServer::answer))
                .build();
        server.start();
        return new FunctionServer(server);
    }

    String url() {
        InetSocketAddress address =
                (InetSocketAddress) server.getListenerInfo().get(0).getAddress();
        return "http://127.0.0.1:" + address.getPort();
    }

    private static void answer(HttpServerExchange exchange, byte[] body) {
        if (exchange.getRequestPath().startsWith(STATUS)) {
            status(exchange, Integer.parseInt(exchange.getRequestPath().substring(STATUS.length())), body);
        } else {
            mirror(exchange, body);
        }
    }

    private static void status(HttpServerExchange exchange, int status, byte[] body) {
        exchange.setStatusCode(status);
        exchange.getResponseHeaders()
                .put(Headers.CONTENT_TYPE, "application/x-odd; v=\"1\"")
                .put(Headers.LOCATION, "/elsewhere?a=b%20c")
                .put(Headers.ETAG, "\"e-tag\"")
                .put(new HttpString("X-Empty"), "")
                .put(new HttpString("X-Umlaut"), "gr\u00fcn")
                .add(Headers.SET_COOKIE, "a=1; Path=/")
                .add(Headers.SET_COOKIE, "b=2; HttpOnly")
                .put(Headers.PROXY_AUTHENTICATE, "Basic")
                .put(new HttpString("X-This-Connection"), "only")
                .put(Headers.CONNECTION, "X-This-Connection")
                .put(new HttpString("Keep-Alive"), "timeout=5");
        if (status == 204) {
            exchange.endExchange();
        } else {
            exchange.getResponseSender().send(ByteBuffer.wrap(body));
        }
    }

    private static void mirror(HttpServerExchange exchange, byte[] body) {
        StringJoiner seen = new StringJoiner("\n", "", "\n\n");
        seen.add(exchange.getRequestMethod() + " " + exchange.getRequestURI() + "?" + exchange.getQueryString());
        exchange.getRequestHeaders()
                .forEach(values -> values.forEach(value -> seen.add(values.getHeaderName() + ": " + value)));
        exchange.getResponseHeaders().put(Headers.CONTENT_TYPE, "text/plain");
        exchange.getResponseSender().send(seen + new String(body, StandardCharsets.ISO_8859_1));
    }

    @Override
    public void close() {
        server.stop();
    }
}
