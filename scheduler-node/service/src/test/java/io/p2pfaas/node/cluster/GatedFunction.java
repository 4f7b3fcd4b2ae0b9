package io.p2pfaas.node.cluster;

import io.undertow.Undertow;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.SameThreadExecutor;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;

/** A function behind HTTP that answers nobody before the test lets it, so that a test need not hope for enough time. */
final class GatedFunction implements AutoCloseable {
    private final Undertow server;
    private final List<HttpServerExchange> held = new ArrayList<>();
    private boolean isOpen;

    private GatedFunction() {
        server = Undertow.builder()
                .addHttpListener(0, "127.0.0.1")
                .setIoThreads(1)
                .setWorkerThreads(1)
                .setHandler(exchange -> exchange.dispatch(SameThreadExecutor.INSTANCE, () -> came(exchange)))
                .build();
    }

    static GatedFunction start() {
        GatedFunction function = new GatedFunction();
        function.server.start();
        return function;
    }

    String url() {
        InetSocketAddress address =
                (InetSocketAddress) server.getListenerInfo().get(0).getAddress();
        return "http://127.0.0.1:" + address.getPort();
    }

    private synchronized void came(HttpServerExchange exchange) {
        if (isOpen) {
            exchange.endExchange();
        } else {
            held.add(exchange);
        }
    }

    /** How many calls it has in hand. */
    synchronized int held() {
        return held.size();
    }

    /** Answers all, and from now on everybody at once. */
    synchronized void open() {
        isOpen = true;
        held.forEach(exchange -> exchange.getIoThread().execute(exchange::endExchange));
        held.clear();
    }

    @Override
    public void close() {
        server.stop();
    }
}
