package io.p2pfaas.node.http;

import io.p2pfaas.core.model.Load;
import io.p2pfaas.node.access.Access;
import io.undertow.server.HttpHandler;
import io.undertow.util.HttpString;
import io.undertow.util.StatusCodes;
import java.time.Duration;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.Supplier;

/** What the node says of itself over HTTP. Texts that take a moment are made on a task thread. */
public final class Pages {
    private static final HttpString LOAD = new HttpString("X-P2pfaas-Load");
    private static final HttpString MAX_LOAD = new HttpString("X-P2pfaas-Maxload");
    /** The original writes this one with another product name; scripts read it so. */
    private static final HttpString QUEUE_LENGTH = new HttpString("X-P2pfog-Queue-Length");

    private static final String HELLO =
            "{\"name\":\"p2pfaas-scheduler\",\"version\":\"0.3.0b\",\"version_commit\":\"xxx\"}";
    private static final String DISCOVERY_HELLO = "Welcome to the p2p-fog discovery service v0.0.4b!";

    private Pages() {}

    /**
     * What the node says of itself.
     *
     * @param ready whether callers should come here
     * @param status the node's view of itself and its peers, JSON
     * @param metrics all metrics for a client that accepts this; empty while there are none yet
     */
    public record View(
            BooleanSupplier ready,
            Supplier<Load> load,
            Supplier<String> status,
            Function<String, Optional<MetricsText>> metrics) {}

    /**
     * All pages of the entrance.
     *
     * @param viewers those who look at {@code /ui}
     * @param leave begins to let the node leave, and returns at once
     * @param readTimeout a posted document must be here after it
     */
    public static Site of(
            View view,
            Contract contract,
            Management management,
            Viewers viewers,
            Runnable leave,
            Duration readTimeout) {
        Site site = ofView(view, contract, readTimeout);
        LivePages.addTo(site, viewers);
        ManagementSetup setup = management.setup();
        ManagementGate gate = new ManagementGate(setup.access());
        site.behind("/system/", gate).behind("/configuration", ManagementGate.forChanges(gate));
        Waiting waiting = new Waiting(management.executor());
        FunctionPages.addTo(site, management.functions(), waiting, readTimeout);
        SecretPages.addTo(site, management.secrets(), waiting, readTimeout);
        Namespaces.addTo(site);
        String info = SystemInfo.of(setup.version());
        return site.get("/system/info", exchange -> Replies.json(exchange, StatusCodes.OK, info))
                .post("/system/drain", exchange -> {
                    Replies.json(exchange, StatusCodes.ACCEPTED, "{\"state\":\"draining\"}\n");
                    leave.run();
                })
                .get("/system/logs", new LogPage(management.functions(), waiting, setup));
    }

    private static Site ofView(View view, Contract contract, Duration readTimeout) {
        return new Site()
                .getAndPost("/", exchange -> Replies.text(exchange, StatusCodes.OK, HELLO))
                .get("/healthz", exchange -> Replies.text(exchange, StatusCodes.OK, "ok\n"))
                .get("/readyz", exchange -> {
                    boolean isReady = view.ready().getAsBoolean();
                    Replies.text(
                            exchange,
                            isReady ? StatusCodes.OK : StatusCodes.SERVICE_UNAVAILABLE,
                            isReady ? "ready\n" : "not ready\n");
                })
                .get("/monitoring/load", exchange -> {
                    Load now = view.load().get();
                    exchange.getResponseHeaders()
                            .put(LOAD, now.running())
                            .put(MAX_LOAD, now.slots())
                            .put(QUEUE_LENGTH, now.queued());
                    exchange.endExchange();
                })
                .getAndPost("/configuration", new DocumentPage(contract.configuration(), readTimeout))
                .getAndPost("/configuration/scheduler", new DocumentPage(contract.scheduler(), readTimeout))
                .getAndPost("/configuration/scheduler/shadow", new DocumentPage(contract.shadow(), readTimeout))
                .get("/list", presented(contract, list(contract)))
                .get(
                        "/status",
                        exchange -> exchange.dispatch(task ->
                                Replies.json(task, StatusCodes.OK, view.status().get())))
                .get("/metrics", new MetricsPage(view.metrics()))
                .get("/openapi.json", new OpenApiPage());
    }

    /** What P2PFaaS's discovery service served on a port of its own. */
    public static Site discovery(Contract contract, Access access, Duration readTimeout) {
        return new Site()
                .behind("/configuration", ManagementGate.forChanges(new ManagementGate(access)))
                .get("/", presented(contract, exchange -> Replies.text(exchange, StatusCodes.OK, DISCOVERY_HELLO)))
                .get("/list", presented(contract, list(contract)))
                .getAndPost("/configuration", presented(contract, new DocumentPage(contract.machine(), readTimeout)))
                // Nodes that live are known from the broker: to forget them would only make this node call nobody.
                .get("/reset", presented(contract, exchange -> exchange.endExchange()));
    }

    private static HttpHandler list(Contract contract) {
        return exchange -> exchange.dispatch(
                task -> Replies.json(task, StatusCodes.OK, contract.list().get()));
    }

    /** The same with the header fields of a discovery service. */
    private static HttpHandler presented(Contract contract, HttpHandler page) {
        return exchange -> {
            contract.machineFields()
                    .get()
                    .forEach((name, value) -> exchange.getResponseHeaders().put(new HttpString(name), value));
            page.handleRequest(exchange);
        };
    }
}
