package io.p2pfaas.node.mqtt;

import com.hivemq.client.mqtt.MqttClientExecutorConfig;
import com.hivemq.client.mqtt.MqttClientTransportConfig;
import com.hivemq.client.mqtt.MqttGlobalPublishFilter;
import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.datatypes.MqttTopicFilter;
import com.hivemq.client.mqtt.lifecycle.MqttClientDisconnectedContext;
import com.hivemq.client.mqtt.lifecycle.MqttClientReconnector;
import com.hivemq.client.mqtt.mqtt5.Mqtt5AsyncClient;
import com.hivemq.client.mqtt.mqtt5.Mqtt5Client;
import com.hivemq.client.mqtt.mqtt5.Mqtt5ClientBuilder;
import com.hivemq.client.mqtt.mqtt5.datatypes.Mqtt5UserProperties;
import com.hivemq.client.mqtt.mqtt5.datatypes.Mqtt5UserPropertiesBuilder;
import com.hivemq.client.mqtt.mqtt5.message.auth.Mqtt5SimpleAuth;
import com.hivemq.client.mqtt.mqtt5.message.publish.Mqtt5Publish;
import com.hivemq.client.mqtt.mqtt5.message.publish.Mqtt5PublishBuilder;
import com.hivemq.client.mqtt.mqtt5.message.publish.Mqtt5PublishResult;
import com.hivemq.client.mqtt.mqtt5.message.publish.puback.Mqtt5PubAckReasonCode;
import com.hivemq.client.mqtt.mqtt5.message.subscribe.Mqtt5Subscription;
import com.hivemq.client.mqtt.mqtt5.message.unsubscribe.Mqtt5Unsubscribe;
import io.p2pfaas.node.call.Headers;
import io.p2pfaas.node.wire.WireMessage;
import io.reactivex.schedulers.Schedulers;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The HiveMQ MQTT client as transport, MQTT 5. Everything happens on the client's one Netty thread: handing each message
 * to another thread would cost more than taking it in.
 */
public final class HiveMqTransport implements Transport {
    private static final Logger LOG = LoggerFactory.getLogger(HiveMqTransport.class);
    private static final long FIRST_RECONNECT_MILLIS = 50;
    private static final int MAX_DOUBLINGS = 10;

    /** Below the 64 publishes that the client takes in before it makes its callers wait. */
    private static final int MAX_UNACKNOWLEDGED = 60;

    private static final int MAX_WAITING = 20_000;
    private static final long MAX_WAITING_BYTES = 64L * 1024 * 1024;
    private static final long CLOSE_MILLIS = 2000;

    private final LinkSettings settings;
    private final Mqtt5AsyncClient client;
    private final PublishWindow publishes = new PublishWindow(this::handToClient, MAX_WAITING, MAX_WAITING_BYTES);
    private volatile @Nullable Listener listener;
    private volatile boolean closed;
    private volatile boolean up;

    public HiveMqTransport(LinkSettings settings) {
        this.settings = settings;
        this.client = build();
    }

    private Mqtt5AsyncClient build() {
        Mqtt5ClientBuilder builder = Mqtt5Client.builder()
                .identifier(settings.clientId())
                .transportConfig(MqttClientTransportConfig.builder()
                        .serverHost(settings.host())
                        .serverPort(settings.port())
                        .socketConnectTimeout(settings.connectTimeout().toMillis(), TimeUnit.MILLISECONDS)
                        .mqttConnectTimeout(settings.connectTimeout().toMillis(), TimeUnit.MILLISECONDS)
                        .build())
                .executorConfig(MqttClientExecutorConfig.builder()
                        .nettyThreads(1)
                        .applicationScheduler(Schedulers.trampoline())
                        .build())
                .addConnectedListener(context -> connected())
                .addDisconnectedListener(this::disconnected);
        String user = settings.user();
        if (user != null) {
            String password = settings.password();
            builder = builder.simpleAuth(Mqtt5SimpleAuth.builder()
                    .username(user)
                    .password((password == null ? "" : password).getBytes(StandardCharsets.UTF_8))
                    .build());
        }
        return builder.buildAsync();
    }

    @Override
    public void start(Listener newListener, WireMessage will) {
        listener = newListener;
        // Whatever comes of it is told to the listener.
        CompletableFuture<?> ignored = client.connectWith()
                .cleanStart(true)
                .sessionExpiryInterval(0)
                .keepAlive((int) Math.max(1, settings.keepAlive().toSeconds()))
                .willPublish(toPublish(will).asWill())
                .send()
                .whenComplete((connected, error) -> {
                    if (error != null && !closed) {
                        LOG.error("the broker link ended for good", error);
                    }
                });
    }

    private void connected() {
        Listener told = listener;
        if (told != null && !up) {
            up = true;
            publishes.open(Math.min(MAX_UNACKNOWLEDGED, sendMaximum()));
            // Anew on each connect: with the session of a lost connection the client ends what listened to it.
            client.publishes(
                    MqttGlobalPublishFilter.ALL, publish -> told.received(fromPublish(publish)), Runnable::run);
            told.up();
        }
    }

    /** How many publishes the broker takes before it has acknowledged one. */
    private int sendMaximum() {
        return client.getConfig()
                .getConnectionConfig()
                .map(connection -> connection.getRestrictionsForClient().getSendMaximum())
                .orElse(1);
    }

    private void disconnected(MqttClientDisconnectedContext context) {
        boolean wasUp = up;
        up = false;
        publishes.close();
        MqttClientReconnector reconnector = context.getReconnector();
        long delay = Math.min(
                FIRST_RECONNECT_MILLIS << Math.min(reconnector.getAttempts(), MAX_DOUBLINGS),
                settings.reconnectMax().toMillis());
        reconnector
                .reconnect(!closed)
                .delay(ThreadLocalRandom.current().nextLong(delay / 2, delay + 1), TimeUnit.MILLISECONDS)
                .resubscribeIfSessionExpired(false)
                .republishIfSessionExpired(false);
        Listener told = listener;
        if (told != null && wasUp) {
            if (!closed) {
                LOG.warn(
                        "broker {}:{} lost: {}",
                        settings.host(),
                        settings.port(),
                        context.getCause().getMessage());
            }
            told.down();
        } else if (!closed && reconnector.getAttempts() == 0) {
            LOG.warn(
                    "broker {}:{} cannot be reached: {}",
                    settings.host(),
                    settings.port(),
                    context.getCause().getMessage());
        }
    }

    private static CompletionStage<Void> ignoringResult(CompletionStage<?> stage) {
        return stage.thenAccept(done -> {});
    }

    @Override
    public CompletionStage<Delivery> publish(WireMessage message) {
        return publishes.publish(message);
    }

    private CompletionStage<Delivery> handToClient(WireMessage message) {
        return client.publish(toPublish(message)).handle((result, error) -> {
            if (error != null || result.getError().isPresent()) {
                return Delivery.FAILED;
            }
            return foundNobody(result) ? Delivery.NOBODY : Delivery.TAKEN;
        });
    }

    private static boolean foundNobody(Mqtt5PublishResult result) {
        return result instanceof Mqtt5PublishResult.Mqtt5Qos1Result acknowledged
                && acknowledged.getPubAck().getReasonCode() == Mqtt5PubAckReasonCode.NO_MATCHING_SUBSCRIBERS;
    }

    @Override
    public CompletionStage<Void> subscribe(List<String> filters, boolean atLeastOnce) {
        if (!up) {
            return CompletableFuture.failedFuture(new IllegalStateException("not connected"));
        }
        MqttQos qos = atLeastOnce ? MqttQos.AT_LEAST_ONCE : MqttQos.AT_MOST_ONCE;
        return ignoringResult(client.subscribeWith()
                .addSubscriptions(filters.stream()
                        .map(filter -> Mqtt5Subscription.builder()
                                .topicFilter(filter)
                                .qos(qos)
                                .build())
                        .toList())
                .send());
    }

    @Override
    public CompletionStage<Void> unsubscribe(List<String> filters) {
        if (!up) {
            return CompletableFuture.failedFuture(new IllegalStateException("not connected"));
        }
        Mqtt5Unsubscribe unsubscribe = Mqtt5Unsubscribe.builder()
                .addTopicFilters(filters.stream().map(MqttTopicFilter::of))
                .build();
        return ignoringResult(client.unsubscribe(unsubscribe));
    }

    private static Mqtt5Publish toPublish(WireMessage message) {
        Mqtt5UserPropertiesBuilder properties = Mqtt5UserProperties.builder();
        message.properties().forEach((name, value) -> {
            Object ignored = properties.add(name, value);
        });
        Mqtt5PublishBuilder.Complete builder = Mqtt5Publish.builder()
                .topic(message.topic())
                .payload(message.payload())
                .qos(message.atLeastOnce() ? MqttQos.AT_LEAST_ONCE : MqttQos.AT_MOST_ONCE)
                .retain(message.retained())
                .contentType(message.contentType())
                .responseTopic(message.responseTopic())
                .correlationData(message.correlation())
                .userProperties(properties.build());
        return (message.expirySeconds() > 0 ? builder.messageExpiryInterval(message.expirySeconds()) : builder).build();
    }

    private static WireMessage fromPublish(Mqtt5Publish publish) {
        Headers.Builder properties = new Headers.Builder();
        publish.getUserProperties()
                .asList()
                .forEach(property -> properties.add(
                        property.getName().toString(), property.getValue().toString()));
        return new WireMessage(
                publish.getTopic().toString(),
                publish.getPayload().orElseGet(WireMessage::noBytes),
                publish.getQos() != MqttQos.AT_MOST_ONCE,
                publish.isRetain(),
                publish.getResponseTopic().map(Object::toString).orElse(null),
                publish.getCorrelationData().map(ByteBuffer::asReadOnlyBuffer).orElse(null),
                publish.getContentType().map(Object::toString).orElse(null),
                publish.getMessageExpiryInterval().orElse(0),
                properties.build());
    }

    @Override
    public void close() {
        closed = true;
        try {
            client.disconnect().orTimeout(CLOSE_MILLIS, TimeUnit.MILLISECONDS).join();
        } catch (RuntimeException ignored) {
            // Not connected, or the broker is gone: there is nothing left to end.
        }
    }
}
