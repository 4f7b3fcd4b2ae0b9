package io.p2pfaas.node.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.p2pfaas.node.app.Node;
import io.p2pfaas.node.testing.Fault;
import io.p2pfaas.node.testing.MosquittoProcess;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.eclipse.paho.client.mqttv3.MqttClient;
import org.eclipse.paho.client.mqttv3.MqttException;
import org.eclipse.paho.client.mqttv3.persist.MemoryPersistence;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Broker, functions and callers that fail. Every caller who stays is told what became of the call. */
final class FaultsIT {
    private static final String FORWARD = "X-P2pfaas-Scheduler-Forward";
    private static final String BYPASS = "X-P2pfaas-Scheduler-Bypass";
    private static final String STATES = "p2pfaas/v1/node/+/state";

    private MosquittoProcess broker;

    @BeforeEach
    void startBroker() {
        broker = MosquittoProcess.startOrSkip();
    }

    @AfterEach
    void stopBroker() {
        if (broker != null) {
            broker.close();
        }
    }

    private Flags flags() {
        return Flags.forBroker(broker.port())
                .with("slots", "4")
                .with("queue", "0")
                .with(
                        "functions",
                        "nap=builtin:sleep?mean=20ms",
                        "long=builtin:sleep?mean=400ms",
                        "longer=builtin:sleep?mean=1s",
                        "echo=builtin:echo");
    }

    @Fault(
            in = Fault.Area.BROKER,
            fault = "kill -9 of Mosquitto under load, and its return",
            promise = "every call succeeds all the time, and calls are shared again")
    @ParameterizedTest
    @ValueSource(strings = {"BrokerMatch", "LeastLoadedSpill"})
    void without_the_broker_calls_run_here_and_when_it_is_back_they_are_shared_again(String policy) {
        // Calls come in a bunch when the machine stalls: a long queue, so that none is refused for that.
        try (Cluster cluster = Cluster.of(3, flags().with("queue", "100").with("scheduler", policy))) {
            SteadyLoad load = SteadyLoad.start(cluster.caller(), 100, List.of(cluster.function(1, "nap")));
            load.awaitMore(20);

            broker.kill();
            cluster.awaitLinks(false);
            load.awaitMore(60);
            broker.restart();
            cluster.awaitComplete();
            load.awaitMore(20);

            assertThat(load.stop())
                    .allSatisfy(call -> assertThat(call.isDone()).as("%s", call).isTrue());
            assertThat(RetainedMessages.on(broker.port(), STATES).values())
                    .hasSize(3)
                    .allSatisfy(state -> assertThat(state).contains("\"online\""));
            assertIsShared(cluster);
            cluster.metrics();
        }
    }

    private static void assertIsShared(Cluster cluster) {
        Reply forwarded = Await.of(cluster.caller().post(cluster.function(1, "echo"), new byte[] {1}, FORWARD, "1"));
        assertThat(forwarded.path()).hasSize(2);
        List<Reply> burst =
                Stream.generate(() -> cluster.caller().post(cluster.function(1, "long"))).limit(10).toList().stream()
                        .map(Await::of)
                        .toList();
        assertThat(burst).extracting(Reply::status).containsOnly(200);
        assertThat(burst).extracting(reply -> reply.ranOn("n1")).contains("n1", "n2", "n3");
    }

    @Fault(
            in = Fault.Area.BROKER,
            fault = "kill -9 of Mosquitto with forwards on their way",
            promise = "every caller is answered")
    @Test
    void calls_on_their_way_when_the_broker_dies_are_answered_all_the_same() {
        try (Cluster cluster = Cluster.of(3, flags().with("slots", "32"))) {
            List<String> urls = List.of(cluster.function(1, "nap"), cluster.function(1, "long"));
            SteadyLoad load = SteadyLoad.start(cluster.caller(), 60, urls, FORWARD, "1");
            load.awaitMore(30);

            broker.kill();
            cluster.awaitLinks(false);
            load.awaitMore(10);
            broker.restart();
            cluster.awaitComplete();
            load.awaitMore(30);

            assertThat(load.stop())
                    .allSatisfy(call -> assertThat(call.isDone()).as("%s", call).isTrue());
            cluster.awaitIdle();
            cluster.metrics();
        }
    }

    @Fault(
            in = Fault.Area.BROKER,
            fault = "kill -9 of Mosquitto after a peer accepted",
            promise = "the answer comes when the broker is back; the call ran once")
    @Test
    void a_call_that_a_peer_has_accepted_is_answered_after_the_broker_is_back_and_has_run_once() throws MqttException {
        AtomicInteger accepted = new AtomicInteger();
        try (Cluster cluster = Cluster.of(3, flags());
                MqttClient observer =
                        new MqttClient("tcp://127.0.0.1:" + broker.port(), "observer", new MemoryPersistence())) {
            observer.connect();
            observer.subscribe("p2pfaas/v1/node/n1/from/+/rsp", 1, (topic, message) -> accepted.incrementAndGet());
            List<CompletableFuture<Reply>> away = Stream.generate(() -> cluster.function(1, "longer"))
                    .limit(4)
                    .map(url -> cluster.caller().post(url, new byte[0], FORWARD, "1"))
                    .toList();
            // Results come later: these answers can only say that the calls run there.
            Await.until("the calls are accepted", () -> accepted.get() >= 4);
            broker.kill();
            cluster.awaitLinks(false);
            broker.restart();

            assertThat(away.stream().map(Await::of)).allSatisfy(reply -> {
                assertThat(reply.status()).isEqualTo(200);
                assertThat(reply.path()).hasSize(2);
            });
            cluster.assertAllEnded(4, 4);
            assertThat(cluster.executions()).isEqualTo(4);
        }
    }

    @Fault(
            in = Fault.Area.BROKER,
            fault = "no broker at the start",
            promise = "local calls work; the node joins when there is one")
    @Test
    void a_node_that_starts_without_a_broker_serves_and_joins_when_there_is_one() {
        broker.kill();
        try (Cluster cluster = Cluster.startOnly(3, flags())) {
            Reply alone = Await.of(cluster.caller().post(cluster.function(1, "echo"), new byte[] {5}));
            assertThat(alone.status()).isEqualTo(200);
            assertThat(cluster.caller().get(cluster.node(1).url() + "/readyz")).isEqualTo("ready\n");

            broker.restart();
            cluster.awaitComplete();

            assertIsShared(cluster);
            assertThat(RetainedMessages.on(broker.port(), STATES)).hasSize(3);
        }
    }

    @Fault(
            in = Fault.Area.FUNCTION,
            fault = "a function hangs (HTTP), here and at a peer",
            promise = "504 within the budget; the slot is free again")
    @Test
    void a_function_that_hangs_costs_its_caller_the_call_and_the_node_no_slot() throws IOException {
        try (ServerSocket hanging = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
                Cluster cluster = Cluster.of(
                        2,
                        flags().with("slots", "1")
                                .with("call.timeout", "1s")
                                .with(
                                        "functions",
                                        "hangs=http://127.0.0.1:" + hanging.getLocalPort(),
                                        "echo=builtin:echo"))) {
            CompletableFuture<Reply> here =
                    cluster.caller().post(cluster.function(1, "hangs"), new byte[0], BYPASS, "1");
            CompletableFuture<Reply> away =
                    cluster.caller().post(cluster.function(1, "hangs"), new byte[0], FORWARD, "1");

            assertThat(Await.of(here).status()).isEqualTo(504);
            assertThat(Await.of(away).status()).isEqualTo(504);
            cluster.awaitIdle();
            for (int node = 1; node <= 2; node++) {
                Reply next =
                        Await.of(cluster.caller().post(cluster.function(node, "echo"), new byte[] {1}, BYPASS, "1"));
                assertThat(next.status()).isEqualTo(200);
            }
            cluster.assertAllEnded(4, 2);
        }
    }

    @Fault(
            in = Fault.Area.CALLER,
            fault = "callers leave while their call runs or waits",
            promise = "the call ends as cancelled or done; nobody else waits longer")
    @Test
    void callers_who_leave_cost_nobody_else_anything() throws IOException {
        try (Cluster cluster = Cluster.of(2, flags().with("slots", "1").with("queue", "1"))) {
            Node node = cluster.node(1);
            // One leaves while its call runs here or at the peer, the other while its call waits.
            leaveEarly(node, "long");
            leaveEarly(node, "long");
            Await.until(
                    "both calls have arrived",
                    () -> node.look(brain -> brain.counters().receivedFrom(false) == 2));
            cluster.awaitIdle();

            assertThat(Await.of(cluster.caller().post(cluster.function(1, "nap")))
                            .status())
                    .isEqualTo(200);
            cluster.awaitIdle();
            Metrics metrics = cluster.metrics().get(0);
            assertThat(metrics.received("caller")).isEqualTo(3);
            assertThat(metrics.ended("caller", "done") + metrics.ended("caller", "cancelled"))
                    .isEqualTo(3);
        }
    }

    private static void leaveEarly(Node node, String function) throws IOException {
        URI address = URI.create(node.url());
        try (Socket socket = new Socket(address.getHost(), address.getPort())) {
            OutputStream out = socket.getOutputStream();
            out.write(("POST /function/" + function + " HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\n\r\n")
                    .getBytes(StandardCharsets.US_ASCII));
            out.flush();
        }
    }
}
