package io.p2pfaas.node.cluster;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.p2pfaas.node.testing.MosquittoProcess;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.eclipse.paho.client.mqttv3.MqttClient;
import org.eclipse.paho.client.mqttv3.persist.MemoryPersistence;
import org.eclipse.paho.mqttv5.common.packet.MqttProperties;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Topics of sensors that know nothing of functions, on Mosquitto. */
final class MappedTopicsIT {
    private static MosquittoProcess broker;
    private static Cluster cluster;
    private Mqtt5Caller listener;

    @BeforeAll
    static void start() {
        broker = MosquittoProcess.startOrSkip();
        cluster = Cluster.of(
                3,
                Flags.forBroker(broker.port())
                        .with("slots", "2")
                        .with("functions", "echo=builtin:echo", "nap=builtin:sleep?mean=100ms")
                        .with(
                                "mappings",
                                "topic=sensors/+/raw function=echo to=out/{1} errors=bad/{1}",
                                "topic=last/+ function=echo to=kept/{1} retain=true",
                                "topic=broken/# function=nope errors=bad/{#}",
                                "topic=naps/+ function=nap to=out/nap"));
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

    @BeforeEach
    void listen() throws Exception {
        listener = new Mqtt5Caller(broker.port(), "listener-" + System.nanoTime());
        for (String filter : List.of("out/#", "bad/#", "kept/#")) {
            listener.listen(filter);
        }
    }

    @AfterEach
    void close() throws Exception {
        listener.close();
    }

    private List<Mqtt5Caller.Answer> await(int count) {
        Await.until(
                () -> count + " messages; there were " + listener.received(),
                () -> listener.received().size() >= count);
        return listener.received();
    }

    private static MqttProperties plain() {
        MqttProperties properties = new MqttProperties();
        properties.setContentType("image/png");
        properties.setUserProperties(List.of());
        return properties;
    }

    @Test
    void a_3_1_1_device_publishes_and_the_answer_is_on_the_output_topic() throws Exception {
        try (MqttClient device = new MqttClient("tcp://127.0.0.1:" + broker.port(), "old", new MemoryPersistence())) {
            device.connect();
            device.publish("sensors/cam1/raw", "hello".getBytes(UTF_8), 0, false);
            Mqtt5Caller.Answer output = await(1).get(0);
            device.disconnect();

            assertThat(output.topic()).isEqualTo("out/cam1");
            assertThat(output.text()).isEqualTo("hello");
        }
    }

    @Test
    void each_message_runs_once_in_the_cluster_and_keeps_its_content_type() throws Exception {
        long before = cluster.executions();
        for (int i = 0; i < 30; i++) {
            listener.publish("sensors/s" + i + "/raw", new byte[] {(byte) i}, 1, plain());
        }
        List<Mqtt5Caller.Answer> outputs = await(30);
        cluster.awaitIdle();

        assertThat(outputs).extracting(Mqtt5Caller.Answer::topic).doesNotHaveDuplicates();
        assertThat(outputs).extracting(Mqtt5Caller.Answer::contentType).containsOnly("image/png");
        assertThat(cluster.executions() - before).isEqualTo(30);
        Map<Boolean, Long> byNode = new HashMap<>();
        cluster.metrics().forEach(node -> byNode.merge(node.received("caller") > 0, 1L, Long::sum));
        assertThat(byNode.get(true)).as("nodes that the broker dealt to").isGreaterThan(1);
    }

    @Test
    void a_message_of_mqtt_5_may_ask_for_the_answer_itself() throws Exception {
        Mqtt5Caller.Answer reply = listener.call("sensors/cam2/raw", "hello".getBytes(UTF_8), listener.request());

        assertThat(reply.topic()).isEqualTo(listener.inbox());
        assertThat(reply.status()).isEqualTo(200);
        assertThat(listener.received()).hasSize(1);
    }

    @Test
    void failures_come_as_json_on_the_errors_topic() throws Exception {
        listener.publish("broken/hall/3", new byte[] {1}, 1, plain());
        Mqtt5Caller.Answer error = await(1).get(0);

        assertThat(error.topic()).isEqualTo("bad/hall/3");
        assertThat(error.contentType()).isEqualTo("application/json");
        assertThat(error.text())
                .isEqualTo("{\"code\":3,\"status\":404,\"message\":\"Not Found: no node has the function\","
                        + "\"topic\":\"broken/hall/3\"}");
    }

    @Test
    void a_retained_answer_is_there_for_those_who_come_later() throws Exception {
        listener.publish("last/t1", "21".getBytes(UTF_8), 1, plain());
        await(1);
        try (Mqtt5Caller later = new Mqtt5Caller(broker.port(), "later")) {
            later.listen("kept/#");
            Await.until("the kept answer comes", () -> !later.received().isEmpty());
            assertThat(later.received().get(0).text()).isEqualTo("21");
        }
    }

    @Test
    void a_retained_message_runs_when_it_is_published_and_not_again_for_a_node_that_comes() throws Exception {
        listener.publishRetained("naps/r", new byte[] {1}, plain());
        await(1);
        cluster.awaitIdle();
        try (Cluster another = Cluster.startOnly(0, Flags.forBroker(broker.port()))) {
            another.add(Flags.forBroker(broker.port())
                    .with("id", "late")
                    .with("functions", "nap=builtin:sleep?mean=1ms")
                    .with("mappings", "topic=naps/+ function=nap to=out/nap"));
            another.awaitLinks();
            // What is published now comes behind whatever the broker had kept.
            another.caller().post(another.function(1, "nap")).join();
            assertThat(another.executions()).isEqualTo(1);
        }
        listener.publishRetained("naps/r", new byte[0], plain());
        await(2);
        cluster.awaitIdle();
    }
}
