package io.p2pfaas.node.cluster;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.eclipse.paho.client.mqttv3.MqttClient;
import org.eclipse.paho.client.mqttv3.MqttException;
import org.eclipse.paho.client.mqttv3.persist.MemoryPersistence;

/** A device that speaks MQTT 3.1.1: it knows topics and payloads, and nothing else. */
final class Device implements AutoCloseable {
    private final MqttClient client;
    private final String base;
    private final Queue<Answer> received = new ConcurrentLinkedQueue<>();

    /** What came on a topic below the device's {@code rsp}; that prefix left out. */
    record Answer(String topic, String text) {}

    Device(int port, String root, String id) throws MqttException {
        client = new MqttClient("tcp://127.0.0.1:" + port, id, new MemoryPersistence());
        base = root + "/v1/dev/" + id;
        client.connect();
        client.subscribe(
                base + "/rsp/#",
                1,
                (topic, message) -> received.add(new Answer(
                        topic.substring((base + "/rsp/").length()),
                        new String(message.getPayload(), StandardCharsets.UTF_8))));
    }

    void request(String function, String request, String body) throws MqttException {
        client.publish(base + "/req/" + function + "/" + request, body.getBytes(StandardCharsets.UTF_8), 1, false);
    }

    /** Sends a request and waits for the first answer that is there. */
    Answer call(String function, String request, String body) throws MqttException {
        int before = received.size();
        request(function, request, body);
        return await(before + 1).get(before);
    }

    /** Waits until so many answers came in all. */
    List<Answer> await(int answers) {
        Await.until(() -> answers + " answers came; there were " + received, () -> received.size() >= answers);
        return List.copyOf(received);
    }

    @Override
    public void close() throws MqttException {
        client.disconnectForcibly(0, 1000, false);
        client.close();
    }
}
