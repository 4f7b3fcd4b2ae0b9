package io.p2pfaas.node.http;

import io.p2pfaas.core.model.Load;
import io.undertow.server.HttpHandler;
import io.undertow.util.HttpString;
import io.undertow.util.StatusCodes;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** What the node says of itself over HTTP. Texts that take a moment are made on a task thread. */
public final class Pages {
    private static final HttpString LOAD = new HttpString("X-P2pfaas-Load");
    private static final HttpString MAX_LOAD = new HttpString("X-P2pfaas-Maxload");
    /** The original writes this one with another product name; scripts read it so. */
    private static final HttpString QUEUE_LENGTH = new HttpString("X-P2pfog-Queue-Length");

    private static final String HELLO =
            "{\"name\":\"p2pfaas-scheduler\",\"version\":\"0.3.0b\",\"version_commit\":\"xxx\"}";

    private Pages() {}

    /**
     * All pages by path.
     *
     * @param ready whether callers should come here
     * @param status the node's view of itself and its peers, JSON
     * @param metrics in the Prometheus text format
     */
    public static Map<String, HttpHandler> of(
            BooleanSupplier ready, Supplier<Load> load, Supplier<String> status, Supplier<String> metrics) {
        Map<String, HttpHandler> pages = new LinkedHashMap<>();
        pages.put("/", exchange -> Replies.text(exchange, StatusCodes.OK, HELLO));
        pages.put("/healthz", exchange -> Replies.text(exchange, StatusCodes.OK, "ok\n"));
        pages.put("/readyz", exchange -> {
            boolean isReady = ready.getAsBoolean();
            Replies.text(
                    exchange,
                    isReady ? StatusCodes.OK : StatusCodes.SERVICE_UNAVAILABLE,
                    isReady ? "ready\n" : "not ready\n");
        });
        pages.put("/monitoring/load", exchange -> {
            Load now = load.get();
            exchange.getResponseHeaders()
                    .put(LOAD, now.running())
                    .put(MAX_LOAD, now.slots())
                    .put(QUEUE_LENGTH, now.queued());
            exchange.endExchange();
        });
        pages.put("/status", exchange -> exchange.dispatch(task -> Replies.json(task, StatusCodes.OK, status.get())));
        pages.put("/metrics", exchange -> exchange.dispatch(task -> Replies.text(task, StatusCodes.OK, metrics.get())));
        return pages;
    }
}
