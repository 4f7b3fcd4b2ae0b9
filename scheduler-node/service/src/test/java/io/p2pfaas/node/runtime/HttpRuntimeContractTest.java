package io.p2pfaas.node.runtime;

import io.p2pfaas.node.call.Request;
import io.undertow.Undertow;
import io.undertow.server.HttpServerExchange;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

final class HttpRuntimeContractTest extends FunctionRuntimeContract {
    private HttpRig rig;
    private Undertow server;
    private HttpRuntime runtime;

    @BeforeEach
    void start() throws IOException {
        rig = new HttpRig(2);
        server = Undertow.builder()
                .setIoThreads(1)
                .setWorkerThreads(1)
                .addHttpListener(0, "127.0.0.1", HttpRuntimeContractTest::answer)
                .build();
        server.start();
        InetSocketAddress address =
                (InetSocketAddress) server.getListenerInfo().get(0).getAddress();
        runtime = rig.calling(URI.create("http://127.0.0.1:" + address.getPort()), HttpLimits.forSlots(256));
    }

    private static void answer(HttpServerExchange exchange) {
        if (exchange.getRequestPath().equals("/endless")) {
            // Dispatched to nobody: stays open without an answer.
            exchange.dispatch(ignored -> {}, () -> {});
        } else {
            exchange.getResponseSender().send("hello");
        }
    }

    @AfterEach
    void stop() {
        rig.close();
        server.stop();
    }

    @Override
    protected FunctionRuntime runtime() {
        return runtime;
    }

    @Override
    protected Request quick() {
        return post("/quick", "", "hello");
    }

    @Override
    protected Request endless() {
        return post("/endless", "", "hello");
    }
}
