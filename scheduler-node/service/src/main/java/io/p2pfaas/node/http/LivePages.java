package io.p2pfaas.node.http;

import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.Headers;
import io.undertow.util.StatusCodes;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** {@code /ui}: the cluster as this node sees it, live. */
final class LivePages {
    private static final String ROOT = "/ui";

    private LivePages() {}

    static void addTo(Site site, Viewers viewers) {
        String page = PageFiles.text("index.html");
        HttpHandler first = exchange -> exchange.dispatch(task -> {
            task.getResponseHeaders()
                    .put(Headers.CONTENT_TYPE, "text/html; charset=utf-8")
                    .put(Headers.CACHE_CONTROL, "no-store");
            task.getResponseSender().send(FirstView.in(page, viewers.lookOnce()), StandardCharsets.UTF_8);
        });
        site.behind(ROOT, exchange -> {
                    PageFiles.guard(exchange);
                    return true;
                })
                .get(ROOT, first)
                .get(ROOT + "/", exchange -> {
                    exchange.setStatusCode(StatusCodes.PERMANENT_REDIRECT);
                    exchange.getResponseHeaders().put(Headers.LOCATION, ROOT);
                    exchange.endExchange();
                })
                .get(ROOT + "/board", exchange -> exchange.dispatch(task -> board(task, viewers)))
                .get(ROOT + "/events", viewers::listen);
        PageFiles.read().forEach((name, file) -> site.get(ROOT + "/" + name, file));
    }

    private static void board(HttpServerExchange exchange, Viewers viewers) {
        exchange.getResponseHeaders()
                .put(Headers.CONTENT_TYPE, "application/json")
                .put(Headers.CACHE_CONTROL, "no-store");
        exchange.setStatusCode(StatusCodes.OK);
        exchange.getResponseSender().send(ByteBuffer.wrap(viewers.lookOnce()));
    }
}
