package io.p2pfaas.node.http;

import io.p2pfaas.node.call.CallReport;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.Headers;
import io.undertow.util.HttpString;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.xnio.IoUtils;

/** Answers that the node gives itself. */
final class Replies {
    static final HttpString RETRY_AFTER = new HttpString("Retry-After");
    private static final HttpString VERSION = new HttpString(CallReport.VERSION_FIELD);

    private static final long LINGER_MILLIS = 2000;

    private Replies() {}

    /** {@code {"code":n,"message":"..."}}, the form of all errors. */
    static void error(HttpServerExchange exchange, int status, int code, String message) {
        exchange.getResponseHeaders().put(VERSION, CallReport.VERSION);
        json(exchange, status, "{\"code\":" + code + ",\"message\":\"" + message + "\"}");
    }

    static void json(HttpServerExchange exchange, int status, String body) {
        exchange.setStatusCode(status);
        exchange.getResponseHeaders().put(Headers.CONTENT_TYPE, "application/json");
        exchange.getResponseSender().send(body, StandardCharsets.UTF_8);
    }

    /**
     * Ends the connection soon. Undertow first reads what is left of a request, so that the caller sees the answer; but
     * a caller that never sends the rest must not keep the exchange open.
     *
     * @param ended is run then, on the connection's I/O thread
     */
    static void endSoon(HttpServerExchange exchange, Runnable ended) {
        exchange.setPersistent(false);
        Object ignored = exchange.getIoThread()
                .executeAfter(
                        () -> {
                            ended.run();
                            if (!exchange.isComplete()) {
                                IoUtils.safeClose(exchange.getConnection());
                            }
                        },
                        LINGER_MILLIS,
                        TimeUnit.MILLISECONDS);
    }

    static void text(HttpServerExchange exchange, int status, String body) {
        exchange.setStatusCode(status);
        exchange.getResponseHeaders().put(Headers.CONTENT_TYPE, "text/plain; charset=utf-8");
        exchange.getResponseSender().send(body, StandardCharsets.UTF_8);
    }
}
