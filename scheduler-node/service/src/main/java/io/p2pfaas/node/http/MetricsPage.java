package io.p2pfaas.node.http;

import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.HeaderValues;
import io.undertow.util.Headers;
import io.undertow.util.StatusCodes;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.Function;

/** {@code /metrics}: Prometheus's text format, or OpenMetrics for clients that ask for it. Written on a task thread. */
final class MetricsPage implements HttpHandler {
    private static final int GENERIC = 1;

    private final Function<String, Optional<MetricsText>> metrics;

    MetricsPage(Function<String, Optional<MetricsText>> metrics) {
        this.metrics = metrics;
    }

    @Override
    public void handleRequest(HttpServerExchange exchange) {
        HeaderValues accepted = exchange.getRequestHeaders().get(Headers.ACCEPT);
        String accept = accepted == null ? "" : String.join(",", accepted);
        exchange.dispatch(task -> answer(task, metrics.apply(accept)));
    }

    private static void answer(HttpServerExchange exchange, Optional<MetricsText> found) {
        if (found.isEmpty()) {
            // An empty text would be a node without metrics; this one has them in a second.
            exchange.getResponseHeaders().put(Replies.RETRY_AFTER, "1");
            Replies.error(
                    exchange,
                    StatusCodes.SERVICE_UNAVAILABLE,
                    GENERIC,
                    "There are no metrics yet: the node is starting");
            return;
        }
        exchange.setStatusCode(StatusCodes.OK);
        exchange.getResponseHeaders().put(Headers.CONTENT_TYPE, found.get().contentType());
        exchange.getResponseSender().send(found.get().text(), StandardCharsets.UTF_8);
    }
}
