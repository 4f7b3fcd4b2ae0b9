package io.p2pfaas.node.cluster;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.paho.mqttv5.client.IMqttToken;
import org.eclipse.paho.mqttv5.client.MqttCallback;
import org.eclipse.paho.mqttv5.client.MqttClient;
import org.eclipse.paho.mqttv5.client.MqttDisconnectResponse;
import org.eclipse.paho.mqttv5.client.persist.MemoryPersistence;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.eclipse.paho.mqttv5.common.MqttMessage;
import org.eclipse.paho.mqttv5.common.packet.MqttProperties;
import org.eclipse.paho.mqttv5.common.packet.UserProperty;

/** An MQTT 5 client with an inbox: Paho, on purpose another library than the node's. */
final class Mqtt5Caller implements AutoCloseable {
    private final MqttClient client;
    private final String inbox;
    private final AtomicInteger requests = new AtomicInteger();
    private final Queue<Answer> received = new ConcurrentLinkedQueue<>();

    /** A message that came. */
    record Answer(
            String topic, String correlation, String contentType, Map<String, String> properties, ByteBuffer content) {
        int status() {
            return Integer.parseInt(properties.getOrDefault("status", "-1"));
        }

        String property(String name) {
            return properties.getOrDefault(name, "");
        }

        byte[] body() {
            byte[] bytes = new byte[content.remaining()];
            content.duplicate().get(bytes);
            return bytes;
        }

        String text() {
            return new String(body(), StandardCharsets.UTF_8);
        }
    }

    Mqtt5Caller(int port, String id) throws MqttException {
        client = new MqttClient("tcp://127.0.0.1:" + port, id, new MemoryPersistence());
        inbox = "p2pfaas/v1/cli/" + id + "/rsp";
        client.setCallback(new Inbox());
        client.connect();
        listen(inbox);
    }

    /** Where answers to this caller go. */
    String inbox() {
        return inbox;
    }

    /** Hears something else too. */
    void listen(String filter) throws MqttException {
        client.subscribe(filter, 1).waitForCompletion(Await.PATIENCE.toMillis());
    }

    /** Properties with this inbox, fresh correlation data, and user properties. */
    MqttProperties request(String... namesAndValues) {
        MqttProperties properties = new MqttProperties();
        properties.setResponseTopic(inbox);
        properties.setCorrelationData(("request-" + requests.incrementAndGet()).getBytes(StandardCharsets.UTF_8));
        List<UserProperty> user = new ArrayList<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            user.add(new UserProperty(namesAndValues[i], namesAndValues[i + 1]));
        }
        properties.setUserProperties(user);
        return properties;
    }

    void publish(String topic, byte[] body, int qos, MqttProperties properties) throws MqttException {
        client.publish(topic, new MqttMessage(body, qos, false, properties));
    }

    void publishRetained(String topic, byte[] body, MqttProperties properties) throws MqttException {
        client.publish(topic, new MqttMessage(body, 1, true, properties));
    }

    /** Calls and waits for the answer. */
    Answer call(String topic, byte[] body, MqttProperties properties) throws MqttException {
        publish(topic, body, 1, properties);
        return await(properties, 1).get(0);
    }

    /** Waits for so many answers to this request; more may come. */
    List<Answer> await(MqttProperties request, int answers) {
        String correlation = new String(request.getCorrelationData(), StandardCharsets.UTF_8);
        Await.until(
                () -> answers + " answers to " + correlation + "; there were " + received,
                () -> answersTo(correlation).size() >= answers);
        return answersTo(correlation);
    }

    private List<Answer> answersTo(String correlation) {
        return received.stream()
                .filter(answer -> answer.correlation().equals(correlation))
                .toList();
    }

    /** All that came so far. */
    List<Answer> received() {
        return List.copyOf(received);
    }

    @Override
    public void close() throws MqttException {
        client.disconnectForcibly(0, 1000, false);
        client.close();
    }

    private final class Inbox implements MqttCallback {
        @Override
        public void messageArrived(String topic, MqttMessage message) {
            MqttProperties properties = message.getProperties();
            Map<String, String> user = new LinkedHashMap<>();
            properties.getUserProperties().forEach(property -> user.put(property.getKey(), property.getValue()));
            byte[] correlation = properties.getCorrelationData();
            String contentType = properties.getContentType();
            received.add(new Answer(
                    topic,
                    correlation == null ? "" : new String(correlation, StandardCharsets.UTF_8),
                    contentType == null ? "" : contentType,
                    user,
                    ByteBuffer.wrap(message.getPayload())));
        }

        @Override
        public void disconnected(MqttDisconnectResponse response) {}

        @Override
        public void mqttErrorOccurred(MqttException failed) {}

        @Override
        public void deliveryComplete(IMqttToken token) {}

        @Override
        public void connectComplete(boolean reconnect, String server) {}

        @Override
        public void authPacketArrived(int reason, MqttProperties properties) {}
    }
}
