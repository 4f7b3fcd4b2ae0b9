package io.p2pfaas.node.cluster;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.p2pfaas.node.testing.MosquittoProcess;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;

/** Two nodes of one slot each and no queue, and a caller who speaks MQTT 5. */
abstract class MqttScene {
    static final String ANY = "p2pfaas/v1/fn/";
    static final byte[] HELLO = "hello".getBytes(UTF_8);

    static MosquittoProcess broker;
    static Cluster cluster;
    Mqtt5Caller caller;

    @BeforeAll
    static void start() {
        broker = MosquittoProcess.startOrSkip();
        cluster = Cluster.of(2, flags());
    }

    @AfterAll
    static void stop() {
        if (cluster != null) {
            cluster.close();
        }
        if (broker != null) {
            broker.close();
        }
    }

    static Flags flags() {
        return Flags.forBroker(broker.port())
                .with("slots", "1")
                .with("queue", "0")
                .with("http.max-body", "64KiB")
                .with(
                        "functions",
                        "echo=builtin:echo",
                        "status=builtin:status",
                        "nap=builtin:sleep?mean=300ms",
                        "long=builtin:sleep?mean=1s",
                        "endless=builtin:sleep?mean=1h");
    }

    @BeforeEach
    void connect() throws MqttException {
        caller = new Mqtt5Caller(broker.port(), "caller-" + System.nanoTime());
    }

    @AfterEach
    void disconnect() throws MqttException {
        caller.close();
        cluster.awaitIdle();
        cluster.metrics();
    }

    static List<CompletableFuture<Reply>> occupyEverySlot() {
        List<CompletableFuture<Reply>> occupants = IntStream.of(1, 2)
                .mapToObj(node -> cluster.caller()
                        .post(cluster.function(node, "long"), new byte[0], "X-P2pfaas-Scheduler-Bypass", "1"))
                .toList();
        Await.until(
                "every slot is taken",
                () -> IntStream.of(1, 2)
                        .allMatch(node ->
                                cluster.node(node).look(brain -> brain.load().running() == 1)));
        return occupants;
    }
}
