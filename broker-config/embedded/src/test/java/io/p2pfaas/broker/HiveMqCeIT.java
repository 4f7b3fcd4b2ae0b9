package io.p2pfaas.broker;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** HiveMQ CE as a server of its own, in a container, with the shipped laptop.xml. */
final class HiveMqCeIT extends BrokerContract {
    private static @Nullable HiveMqServer server;

    @BeforeAll
    static void startBroker() {
        server = HiveMqServer.startOrSkip();
    }

    @AfterAll
    static void closeBroker() {
        if (server != null) {
            server.close();
        }
    }

    @Override
    int port() {
        if (server == null) {
            throw new IllegalStateException("not started");
        }
        return server.port(1883);
    }
}
