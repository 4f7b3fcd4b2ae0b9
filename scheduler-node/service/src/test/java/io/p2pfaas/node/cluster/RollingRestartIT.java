package io.p2pfaas.node.cluster;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.p2pfaas.node.testing.Fault;
import io.p2pfaas.node.testing.MosquittoProcess;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.eclipse.paho.mqttv5.common.packet.MqttProperties;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** All nodes are restarted, one after the other, and callers go on. */
final class RollingRestartIT {
    private static final int NODES = 3;
    private static final long BETWEEN_NANOS = 20_000_000;
    private static final String ANY = "p2pfaas/v1/fn/nap";

    private final Queue<CompletableFuture<Reply>> overHttp = new ConcurrentLinkedQueue<>();
    private final List<MqttProperties> overMqtt = new ArrayList<>();

    @Fault(
            in = Fault.Area.NODE,
            fault = "SIGTERM under load and restart, of all nodes one after the other",
            promise = "zero failed calls: each is answered with 200, over HTTP (callers know several nodes) and MQTT")
    @Tag("long")
    @Test
    void no_call_fails_while_every_node_is_restarted() throws Exception {
        List<NodeProcess> nodes = new ArrayList<>();
        try (MosquittoProcess broker = MosquittoProcess.startOrSkip();
                Mqtt5Caller device = new Mqtt5Caller(broker.port(), "rolling")) {
            List<Flags> flags = new ArrayList<>();
            for (int i = 1; i <= NODES; i++) {
                flags.add(flags(broker, i));
                nodes.add(NodeProcess.start(flags.get(i - 1)));
                // One by one: three at once take longer on a busy machine.
                assertThat(nodes.get(i - 1).url()).isNotEmpty();
            }
            FailoverCaller caller = new FailoverCaller(
                    nodes.stream().map(node -> node.url() + "/function/nap").toList());
            nodes.forEach(RollingRestartIT::awaitPeers);
            AtomicBoolean goesOn = new AtomicBoolean(true);
            CompletableFuture<Void> load = CompletableFuture.runAsync(() -> call(caller, device, goesOn));

            for (int i = 0; i < NODES; i++) {
                nodes.get(i).terminate();
                assertThat(nodes.get(i).exitCode()).as(nodes.get(i).said()).isZero();
                nodes.set(i, NodeProcess.start(flags.get(i)));
                assertThat(nodes.get(i).url()).isNotEmpty();
                nodes.forEach(RollingRestartIT::awaitPeers);
            }
            goesOn.set(false);
            Await.of(load);

            assertThat(overHttp).hasSizeGreaterThan(50);
            assertThat(overHttp.stream().map(RollingRestartIT::outcome).filter(outcome -> !outcome.startsWith("200 ")))
                    .as("calls that failed")
                    .isEmpty();
            for (MqttProperties request : overMqtt) {
                assertThat(device.await(request, 1))
                        .hasSize(1)
                        .allSatisfy(answer ->
                                assertThat(answer.status()).as("%s", answer).isEqualTo(200));
            }
        } finally {
            nodes.forEach(NodeProcess::close);
        }
    }

    private static String outcome(CompletableFuture<Reply> call) {
        return call.handle((reply, failure) -> reply == null ? "none: " + failure : reply.toString())
                .orTimeout(Await.PATIENCE.toSeconds(), TimeUnit.SECONDS)
                .join();
    }

    private static Flags flags(MosquittoProcess broker, int number) throws IOException {
        return Flags.forBroker(broker.port())
                .with("id", "n" + number)
                .with("http.address", "127.0.0.1:" + freePort())
                .with("slots", "4")
                .with("queue", "2000")
                .with("functions", "nap=builtin:sleep?mean=30ms");
    }

    /** Callers know it, so the node comes back on the same one. */
    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static void awaitPeers(NodeProcess node) {
        Caller caller = new Caller();
        Await.until(
                () -> "the node has peers: " + node.said(),
                () -> caller.get(node.url() + "/status").split("\"sampleAgeMillis\"", -1).length == NODES);
    }

    private void call(FailoverCaller caller, Mqtt5Caller device, AtomicBoolean goesOn) {
        for (int i = 0; goesOn.get(); i++) {
            overHttp.add(caller.post(i));
            MqttProperties request = device.request();
            try {
                device.publish(ANY, ("call " + i).getBytes(UTF_8), 1, request);
            } catch (MqttException e) {
                throw new IllegalStateException(e);
            }
            overMqtt.add(request);
            LockSupport.parkNanos(BETWEEN_NANOS);
        }
    }
}
