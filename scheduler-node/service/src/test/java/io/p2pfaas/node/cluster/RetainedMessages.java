package io.p2pfaas.node.cluster;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.eclipse.paho.client.mqttv3.IMqttClient;
import org.eclipse.paho.client.mqttv3.MqttClient;
import org.eclipse.paho.client.mqttv3.MqttException;
import org.eclipse.paho.client.mqttv3.persist.MemoryPersistence;

/** What a newcomer finds on the broker. */
final class RetainedMessages {
    private RetainedMessages() {}

    /** The retained messages that match {@code filter}, by topic. */
    static Map<String, String> on(int port, String filter) {
        Map<String, String> found = new ConcurrentHashMap<>();
        String marker = "p2pfaas/v1/cli/newcomer/" + System.nanoTime();
        try (IMqttClient client = new MqttClient("tcp://127.0.0.1:" + port, "newcomer", new MemoryPersistence())) {
            client.connect();
            client.subscribe(filter, 1, (topic, message) -> {
                if (message.isRetained()) {
                    found.put(topic, new String(message.getPayload(), StandardCharsets.UTF_8));
                }
            });
            // A broker sends what is retained before it takes the next packet in.
            client.subscribe(marker, 1, (topic, message) -> found.put(marker, ""));
            client.publish(marker, new byte[0], 1, false);
            Await.until("the broker has sent what it keeps", () -> found.remove(marker) != null);
            client.disconnect();
        } catch (MqttException failed) {
            throw new IllegalStateException(failed);
        }
        return Map.copyOf(found);
    }
}
