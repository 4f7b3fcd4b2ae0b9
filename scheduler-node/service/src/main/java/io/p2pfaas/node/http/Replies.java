package io.p2pfaas.node.http;

import io.p2pfaas.node.call.CallReport;
import io.p2pfaas.node.call.JsonText;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.Headers;
import io.undertow.util.HttpString;
import java.nio.charset.StandardCharsets;

/** Answers that the node gives itself. */
final class Replies {
    static final HttpString RETRY_AFTER = new HttpString("Retry-After");
    private static final HttpString VERSION = new HttpString(CallReport.VERSION_FIELD);

    private Replies() {}

    /** {@code {"code":n,"message":"..."}}, the form of all errors. */
    static void error(HttpServerExchange exchange, int status, int code, String message) {
        describe(exchange, status);
        exchange.getResponseSender().send(errorBody(code, message), StandardCharsets.UTF_8);
    }

    /** Status and headers of an error. */
    static void describe(HttpServerExchange exchange, int status) {
        exchange.setStatusCode(status);
        exchange.getResponseHeaders().put(VERSION, CallReport.VERSION);
        exchange.getResponseHeaders().put(Headers.CONTENT_TYPE, "application/json");
    }

    static String errorBody(int code, String message) {
        return JsonText.error(code, message);
    }

    static void json(HttpServerExchange exchange, int status, String body) {
        exchange.setStatusCode(status);
        exchange.getResponseHeaders().put(Headers.CONTENT_TYPE, "application/json");
        exchange.getResponseSender().send(body, StandardCharsets.UTF_8);
    }

    static void text(HttpServerExchange exchange, int status, String body) {
        exchange.setStatusCode(status);
        exchange.getResponseHeaders().put(Headers.CONTENT_TYPE, "text/plain; charset=utf-8");
        exchange.getResponseSender().send(body, StandardCharsets.UTF_8);
    }
}
