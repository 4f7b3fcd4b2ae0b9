package io.p2pfaas.node.cluster;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.p2pfaas.node.testing.Fault;
import io.p2pfaas.node.testing.MosquittoProcess;
import java.nio.file.Path;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.eclipse.paho.client.mqttv3.IMqttDeliveryToken;
import org.eclipse.paho.client.mqttv3.MqttCallback;
import org.eclipse.paho.client.mqttv3.MqttClient;
import org.eclipse.paho.client.mqttv3.MqttConnectOptions;
import org.eclipse.paho.client.mqttv3.MqttException;
import org.eclipse.paho.client.mqttv3.MqttMessage;
import org.eclipse.paho.client.mqttv3.persist.MemoryPersistence;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A device that sleeps while its call runs, with a session that the broker keeps. */
final class OfflineDeviceIT {
    private static final String RSP = "p2pfaas/v1/dev/sleepy/rsp/";

    @TempDir
    private Path folder = Path.of(".");

    private static Flags flags(MosquittoProcess broker, String expiry) {
        return Flags.forBroker(broker.port())
                .with("functions", "nap=builtin:sleep?mean=300ms")
                .with("call.timeout", "2s")
                .with("call.reply-expiry", expiry);
    }

    private static MqttClient connect(MosquittoProcess broker, Queue<String> heard) throws MqttException {
        MqttClient device = new MqttClient("tcp://127.0.0.1:" + broker.port(), "sleepy", new MemoryPersistence());
        device.setCallback(new MqttCallback() {
            @Override
            public void messageArrived(String topic, MqttMessage message) {
                heard.add(topic.substring(RSP.length()) + " QoS " + message.getQos());
            }

            @Override
            public void connectionLost(Throwable cause) {}

            @Override
            public void deliveryComplete(IMqttDeliveryToken token) {}
        });
        MqttConnectOptions options = new MqttConnectOptions();
        options.setCleanSession(false);
        device.connect(options);
        return device;
    }

    private static void callAndSleep(MosquittoProcess broker, Cluster cluster, String request) throws MqttException {
        try (MqttClient device = connect(broker, new ConcurrentLinkedQueue<>())) {
            device.subscribe(RSP + "#", 1);
            device.publish("p2pfaas/v1/dev/sleepy/req/nap/" + request, "x".getBytes(UTF_8), 1, false);
            device.disconnect();
        }
        Await.until("the call has run", () -> cluster.executions() >= 1);
        cluster.awaitIdle();
    }

    @Test
    void the_answer_waits_for_the_device_longer_than_the_call_could_run() throws Exception {
        try (MosquittoProcess broker = MosquittoProcess.startOrSkip();
                Cluster cluster = Cluster.of(2, flags(broker, "10m"))) {
            callAndSleep(broker, cluster, "1");
            Thread.sleep(2500);
            Queue<String> heard = new ConcurrentLinkedQueue<>();
            try (MqttClient device = connect(broker, heard)) {
                Await.until("the answer comes", () -> !heard.isEmpty());
                device.disconnect();
            }
            assertThat(heard).containsExactly("1 QoS 1");
            assertThat(cluster.sum("p2pfaas_link_answers_dropped_total")).isZero();
        }
    }

    @Test
    void an_answer_that_has_expired_does_not_come_any_more() throws Exception {
        try (MosquittoProcess broker = MosquittoProcess.startOrSkip();
                Cluster cluster = Cluster.of(1, flags(broker, "0s"))) {
            callAndSleep(broker, cluster, "1");
            // The budget of two seconds was the answer's expiry too; brokers count whole seconds.
            Thread.sleep(4000);
            Queue<String> heard = new ConcurrentLinkedQueue<>();
            try (MqttClient device = connect(broker, heard)) {
                device.publish("p2pfaas/v1/dev/sleepy/req/nap/2", "x".getBytes(UTF_8), 1, false);
                Await.until("the next answer comes", () -> !heard.isEmpty());
                device.disconnect();
            }
            assertThat(heard).containsExactly("2 QoS 1");
        }
    }

    @Fault(
            in = Fault.Area.BROKER,
            fault = "restart of Mosquitto with persistence, device away",
            promise = "the answer is kept for the device")
    @Test
    void a_broker_with_persistence_keeps_the_answer_over_its_restart() throws Exception {
        try (MosquittoProcess broker = MosquittoProcess.startOrSkip(port -> String.join(
                        "\n",
                        List.of(
                                "listener " + port + " 127.0.0.1",
                                "allow_anonymous true",
                                "user root",
                                "persistence true",
                                "persistence_location " + folder + "/",
                                "autosave_on_changes true",
                                "autosave_interval 1",
                                "")));
                Cluster cluster = Cluster.of(1, flags(broker, "10m"))) {
            callAndSleep(broker, cluster, "1");
            // Mosquitto has written its file a second after the change; then it is killed.
            Thread.sleep(2000);
            broker.restart();
            Queue<String> heard = new ConcurrentLinkedQueue<>();
            try (MqttClient device = connect(broker, heard)) {
                Await.until("the answer comes", () -> !heard.isEmpty());
                device.disconnect();
            }
            assertThat(heard).contains("1 QoS 1");
        }
    }
}
