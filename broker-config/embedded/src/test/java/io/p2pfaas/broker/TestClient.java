package io.p2pfaas.broker;

import com.hivemq.client.mqtt.MqttGlobalPublishFilter;
import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.mqtt5.Mqtt5AsyncClient;
import com.hivemq.client.mqtt.mqtt5.Mqtt5Client;
import com.hivemq.client.mqtt.mqtt5.message.publish.Mqtt5Publish;
import com.hivemq.client.mqtt.mqtt5.message.publish.Mqtt5PublishBuilder;
import com.hivemq.client.mqtt.mqtt5.message.publish.Mqtt5PublishResult;
import com.hivemq.client.mqtt.mqtt5.message.publish.puback.Mqtt5PubAckReasonCode;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** An MQTT 5 client with an inbox. Everything is QoS 1, and everything that does not happen within 20 seconds fails. */
final class TestClient implements AutoCloseable {
    private static final long PATIENCE_SECONDS = 20;

    private final Mqtt5AsyncClient mqtt;
    private final BlockingQueue<Mqtt5Publish> inbox;

    private TestClient(int port, String id, BlockingQueue<Mqtt5Publish> inbox, Consumer<Mqtt5Publish> onMessage) {
        this.inbox = inbox;
        mqtt = Mqtt5Client.builder()
                .identifier(id)
                .serverHost("127.0.0.1")
                .serverPort(port)
                .buildAsync();
        mqtt.publishes(MqttGlobalPublishFilter.ALL, onMessage);
    }

    /** A client of its own name, whose session ends with the connection. */
    static TestClient connect(int port) {
        BlockingQueue<Mqtt5Publish> inbox = new LinkedBlockingQueue<>();
        return connect(port, inbox, inbox::add);
    }

    /** As {@link #connect(int)}, but without an inbox: messages go to {@code onMessage}, which may hold up the next. */
    static TestClient connect(int port, Consumer<Mqtt5Publish> onMessage) {
        return connect(port, new LinkedBlockingQueue<>(), onMessage);
    }

    private static TestClient connect(int port, BlockingQueue<Mqtt5Publish> inbox, Consumer<Mqtt5Publish> onMessage) {
        var client = new TestClient(port, "test-" + UUID.randomUUID(), inbox, onMessage);
        await(client.mqtt.connect());
        return client;
    }

    /** Takes up the session of that name or starts it; the broker keeps it for an hour after {@link #close()}. */
    static TestClient resume(int port, String id) {
        BlockingQueue<Mqtt5Publish> inbox = new LinkedBlockingQueue<>();
        var client = new TestClient(port, id, inbox, inbox::add);
        await(client.mqtt
                .connectWith()
                .cleanStart(false)
                .sessionExpiryInterval(3600)
                .send());
        return client;
    }

    void subscribe(String filter) {
        await(mqtt.subscribeWith()
                .topicFilter(filter)
                .qos(MqttQos.AT_LEAST_ONCE)
                .send());
    }

    void unsubscribe(String filter) {
        await(mqtt.unsubscribeWith().topicFilter(filter).send());
    }

    Mqtt5PublishBuilder.Complete message(String topic) {
        return Mqtt5Publish.builder().topic(topic).qos(MqttQos.AT_LEAST_ONCE);
    }

    void publishText(String topic, String text) {
        publish(message(topic).payload(text.getBytes(StandardCharsets.UTF_8)).build());
    }

    /** The reason in the broker's acknowledgement. */
    Mqtt5PubAckReasonCode publish(Mqtt5Publish message) {
        return reason(await(publishLater(message)));
    }

    CompletableFuture<Mqtt5PublishResult> publishLater(Mqtt5Publish message) {
        return mqtt.publish(message);
    }

    Mqtt5Publish next() {
        return next(inbox);
    }

    String nextText() {
        return text(next());
    }

    static List<String> nextTexts(BlockingQueue<Mqtt5Publish> inbox, int count) {
        return Stream.generate(() -> text(next(inbox))).limit(count).toList();
    }

    private static Mqtt5Publish next(BlockingQueue<Mqtt5Publish> inbox) {
        try {
            var message = inbox.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
            if (message == null) {
                throw new AssertionError("no message within " + PATIENCE_SECONDS + " s");
            }
            return message;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    private static String text(Mqtt5Publish message) {
        return new String(message.getPayloadAsBytes(), StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        await(mqtt.disconnect());
    }

    static <T> T await(CompletableFuture<T> future) {
        return future.orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS).join();
    }

    static Mqtt5PubAckReasonCode reason(Mqtt5PublishResult result) {
        return ((Mqtt5PublishResult.Mqtt5Qos1Result) result).getPubAck().getReasonCode();
    }
}
