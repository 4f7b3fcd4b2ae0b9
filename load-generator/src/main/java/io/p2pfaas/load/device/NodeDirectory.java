package io.p2pfaas.load.device;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.TimeUnit;
import org.eclipse.paho.client.mqttv3.MqttClient;
import org.eclipse.paho.client.mqttv3.MqttConnectOptions;
import org.eclipse.paho.client.mqttv3.MqttException;
import org.eclipse.paho.client.mqttv3.MqttMessage;
import org.eclipse.paho.client.mqttv3.persist.MemoryPersistence;

/** Where nodes listen, by what they keep at the broker of themselves. */
public final class NodeDirectory {
    private static final JsonMapper MAPPER = new JsonMapper();

    private NodeDirectory() {}

    /**
     * Listens for a while to retained presences.
     *
     * @param id client id, unique at the broker
     * @return {@code host:port} by node id, in alphabetical order
     * @throws IOException if the broker cannot be reached
     */
    public static Map<String, String> find(BrokerAddress broker, String id, Duration listenFor)
            throws IOException, InterruptedException {
        Map<String, String> found = new ConcurrentSkipListMap<>();
        MqttConnectOptions options = new MqttConnectOptions();
        options.setSocketFactory(new NoDelaySockets());
        options.setConnectionTimeout(Limits.CONNECT_SECONDS);
        try (MqttClient client = new MqttClient(broker.uri(), id, new MemoryPersistence())) {
            client.setTimeToWait(TimeUnit.SECONDS.toMillis(Limits.CONNECT_SECONDS));
            client.connect(options);
            client.subscribe(broker.topic("node/+/state"), 1, (topic, message) -> note(broker, topic, message, found));
            TimeUnit.NANOSECONDS.sleep(listenFor.toNanos());
            client.disconnectForcibly(0, Limits.CLOSE_MILLIS);
        } catch (MqttException failed) {
            throw new IOException("the broker " + broker + " cannot be asked: " + Failure.of(failed), failed);
        }
        return new TreeMap<>(found);
    }

    private static void note(BrokerAddress broker, String topic, MqttMessage message, Map<String, String> found) {
        String below = topic.substring(broker.topic("node/").length());
        String node = below.substring(0, below.indexOf('/'));
        try {
            JsonNode presence = MAPPER.readTree(message.getPayload());
            if (presence.path("http").isTextual()) {
                found.put(node, presence.path("http").asText());
            }
        } catch (IOException ignored) {
            // Not a node's presence: nothing that could be asked.
        }
    }
}
