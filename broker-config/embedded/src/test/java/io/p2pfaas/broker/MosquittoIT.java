package io.p2pfaas.broker;

import static org.assertj.core.api.Assertions.assertThat;

import io.p2pfaas.node.testing.MosquittoProcess;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The shipped laptop.conf, with the mosquitto of this machine. */
final class MosquittoIT extends BrokerContract {
    private static @Nullable MosquittoProcess mosquitto;

    @BeforeAll
    static void startBroker() {
        mosquitto = MosquittoProcess.startOrSkip();
    }

    @AfterAll
    static void closeBroker() {
        if (mosquitto != null) {
            mosquitto.close();
        }
    }

    @Override
    int port() {
        if (mosquitto == null) {
            throw new IllegalStateException("not started");
        }
        return mosquitto.port();
    }

    @Test
    void a_killed_broker_comes_back_on_the_same_port_with_nothing_kept() {
        try (var brittle = MosquittoProcess.start()) {
            try (var before = TestClient.connect(brittle.port())) {
                before.publish(before.message("kept").retain(true).build());
            }
            int port = brittle.port();
            brittle.restart();
            assertThat(brittle.port()).isEqualTo(port);
            try (var after = TestClient.connect(port)) {
                after.subscribe("kept");
                after.publish(after.message("kept")
                        .payload("fresh".getBytes(StandardCharsets.UTF_8))
                        .build());
                assertThat(after.nextText()).isEqualTo("fresh");
            }
        }
    }
}
