package io.p2pfaas.node.http;

import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.Headers;
import io.undertow.util.HttpString;
import io.undertow.util.Methods;
import io.undertow.util.StatusCodes;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** What is served on which path of one listener, and with which methods. Filled before it is served. */
public final class Site {
    private record Page(List<HttpString> methods, HttpHandler handler) {}

    private final Map<String, Page> pages = new LinkedHashMap<>();

    Site() {}

    /** A page that is read. */
    Site get(String path, HttpHandler handler) {
        return on(path, List.of(Methods.GET), handler);
    }

    /** A page that is posted to. */
    Site post(String path, HttpHandler handler) {
        return on(path, List.of(Methods.POST), handler);
    }

    /** A page that is read and posted to. */
    Site getAndPost(String path, HttpHandler handler) {
        return on(path, List.of(Methods.GET, Methods.POST), handler);
    }

    private Site on(String path, List<HttpString> methods, HttpHandler handler) {
        pages.put(path, new Page(methods, handler));
        return this;
    }

    /** Answers with the page of the exact path, 404 or 405. */
    void answer(HttpServerExchange exchange) throws Exception {
        Page page = pages.get(exchange.getRequestPath());
        if (page == null) {
            Replies.text(exchange, StatusCodes.NOT_FOUND, "404 page not found\n");
        } else if (!page.methods().contains(exchange.getRequestMethod())) {
            exchange.getResponseHeaders()
                    .put(
                            Headers.ALLOW,
                            page.methods().stream().map(HttpString::toString).collect(Collectors.joining(", ")));
            Replies.text(exchange, StatusCodes.METHOD_NOT_ALLOWED, "");
        } else {
            page.handler().handleRequest(exchange);
        }
    }
}
