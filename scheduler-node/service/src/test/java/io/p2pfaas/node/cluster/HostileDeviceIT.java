package io.p2pfaas.node.cluster;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.p2pfaas.core.node.NodeBrain;
import io.p2pfaas.node.app.Node;
import io.p2pfaas.node.testing.Fault;
import io.p2pfaas.node.testing.MosquittoProcess;
import java.util.concurrent.TimeUnit;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.eclipse.paho.mqttv5.common.packet.MqttProperties;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** One client of a broker without rights (laptop.conf) does what it likes. */
final class HostileDeviceIT {
    private static final int FLOOD = 3_000;
    private static final long READY_WITHIN_NANOS = TimeUnit.SECONDS.toNanos(10);
    private static final String BASE = "p2pfaas/v1/";

    private MosquittoProcess broker;
    private Mqtt5Caller hostile;

    @BeforeEach
    void start() throws MqttException {
        broker = MosquittoProcess.startOrSkip();
        hostile = new Mqtt5Caller(broker.port(), "hostile");
    }

    @AfterEach
    void stop() throws MqttException {
        if (hostile != null) {
            hostile.close();
        }
        if (broker != null) {
            broker.close();
        }
    }

    private Flags flags(String id) {
        return Flags.forBroker(broker.port()).with("id", id).with("functions", "echo=builtin:echo");
    }

    private void assertCallIsServed(String node) throws MqttException {
        assertThat(hostile.call(BASE + "node/" + node + "/fn/echo", "hello".getBytes(UTF_8), hostile.request())
                        .status())
                .isEqualTo(200);
    }

    @Fault(
            in = Fault.Area.CALLER,
            fault = "retained flood: 3,000 retained calls and presences of nodes that there are not",
            promise =
                    "a node that comes is ready within 10 s, runs none of the calls, and keeps a bounded number of peers")
    @Test
    void a_node_that_comes_into_a_retained_flood_serves() throws MqttException {
        String presence =
                "{\"state\":\"online\",\"session\":1,\"version\":\"x\",\"slots\":1000,\"functions\":[\"echo\"],"
                        + "\"http\":\"x:1\"}";
        for (int i = 0; i < FLOOD; i++) {
            hostile.publishRetained(BASE + "node/ghost" + i + "/state", presence.getBytes(UTF_8), new MqttProperties());
            hostile.publishRetained(BASE + "node/n1/fn/echo" + i, new byte[1], hostile.request());
            hostile.publishRetained(BASE + "node/ghost" + i + "/load", new byte[100], new MqttProperties());
        }
        long start = System.nanoTime();
        try (Cluster cluster = Cluster.startOnly(0, flags("n1"))) {
            Node node = cluster.add(flags("n1"));
            cluster.awaitLinks();
            assertThat(System.nanoTime() - start).isLessThan(READY_WITHIN_NANOS);
            assertThat(Await.of(cluster.caller().post(cluster.function(1, "echo"), new byte[] {1}))
                            .status())
                    .isEqualTo(200);
            assertCallIsServed("n1");
            assertThat(node.look(NodeBrain::peerCount)).isLessThanOrEqualTo(FLOOD);
            assertThat(cluster.executions()).isEqualTo(2);
        }
    }

    @Fault(
            in = Fault.Area.MESSAGE,
            fault = "forged presence and samples: a node that there is not says that it is idle",
            promise = "calls that are sent to it run here in the end; a caller waits, and loses nothing")
    @Test
    void a_ghost_that_looks_idle_costs_no_call() throws MqttException {
        try (Cluster cluster = Cluster.startOnly(
                1,
                flags("n1")
                        .with("scheduler", "LeastLoadedSpill")
                        .with("slots", "1")
                        .with("queue", "50"))) {
            cluster.awaitLinks();
            String presence =
                    "{\"state\":\"online\",\"session\":1,\"version\":\"x\",\"slots\":1000,\"functions\":[\"echo\"],"
                            + "\"http\":\"x:1\"}";
            String load = "{\"session\":1,\"seq\":1,\"running\":0,\"slots\":1000,\"queued\":0,\"queueMax\":1000}";
            hostile.publish(BASE + "node/ghost/state", presence.getBytes(UTF_8), 1, new MqttProperties());
            hostile.publish(BASE + "node/ghost/load", load.getBytes(UTF_8), 1, new MqttProperties());
            Await.until("the ghost is known", () -> cluster.node(1).look(NodeBrain::peerCount) == 1);
            for (int i = 0; i < 5; i++) {
                Reply reply = Await.of(cluster.caller()
                        .post(cluster.function(1, "echo"), new byte[] {1}, "X-P2pfaas-Scheduler-Forward", "1"));
                assertThat(reply.status()).as("%s", reply).isEqualTo(200);
                assertThat(reply.path()).isEmpty();
            }
            cluster.metrics();
        }
    }

    @Fault(
            in = Fault.Area.MESSAGE,
            fault = "wire format n+1 beside n: more user properties, more JSON fields, a topic tree v2",
            promise = "they are ignored: calls work, the newer node is a peer, nothing counts as malformed")
    @Test
    void a_later_version_of_the_wire_format_disturbs_nobody() throws MqttException {
        try (Cluster cluster = Cluster.startOnly(1, flags("n1"))) {
            cluster.awaitLinks();
            String presence =
                    "{\"state\":\"online\",\"session\":7,\"version\":\"9.0\",\"slots\":4,\"functions\":[\"echo\"],"
                            + "\"http\":\"127.0.0.1:1\",\"zone\":\"north\",\"gpu\":{\"count\":2,\"kinds\":[\"a\",{\"b\":1}]}}";
            String load =
                    "{\"session\":7,\"seq\":1,\"running\":0,\"slots\":4,\"queued\":0,\"queueMax\":9,\"watts\":3.5,"
                            + "\"disks\":[{\"free\":1}]}";
            hostile.publish(BASE + "node/newer/state", presence.getBytes(UTF_8), 1, new MqttProperties());
            hostile.publish(BASE + "node/newer/load", load.getBytes(UTF_8), 1, new MqttProperties());
            hostile.publish("p2pfaas/v2/node/n1/state", new byte[] {1, 2, 3}, 1, new MqttProperties());
            hostile.publish("p2pfaas/v2/fn/echo", new byte[] {1, 2, 3}, 1, hostile.request());
            MqttProperties request = hostile.request("zone", "north", "p2pfaas-next", "{}", "", "");

            assertThat(hostile.call(BASE + "fn/echo", "hello".getBytes(UTF_8), request)
                            .status())
                    .isEqualTo(200);

            Await.until(
                    () -> "the newer node is a peer: " + cluster.statuses(),
                    () -> cluster.node(1)
                            .look(brain -> brain.peers().stream().anyMatch(peer -> peer.sample() != null)));
            assertThat(cluster.sum("p2pfaas_link_malformed_total")).isZero();
            assertThat(cluster.executions()).isEqualTo(1);
        }
    }
}
