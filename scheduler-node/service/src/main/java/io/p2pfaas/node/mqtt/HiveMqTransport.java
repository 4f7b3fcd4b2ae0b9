package io.p2pfaas.node.mqtt;

import com.hivemq.client.internal.mqtt.MqttClientConfig;
import com.hivemq.client.internal.mqtt.codec.decoder.MqttDecoder;
import com.hivemq.client.mqtt.MqttClientExecutorConfig;
import com.hivemq.client.mqtt.MqttClientSslConfig;
import com.hivemq.client.mqtt.MqttClientTransportConfig;
import com.hivemq.client.mqtt.MqttClientTransportConfigBuilder;
import com.hivemq.client.mqtt.MqttGlobalPublishFilter;
import com.hivemq.client.mqtt.MqttWebSocketConfig;
import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.datatypes.MqttTopicFilter;
import com.hivemq.client.mqtt.exceptions.MqttClientStateException;
import com.hivemq.client.mqtt.exceptions.MqttEncodeException;
import com.hivemq.client.mqtt.mqtt5.Mqtt5AsyncClient;
import com.hivemq.client.mqtt.mqtt5.Mqtt5Client;
import com.hivemq.client.mqtt.mqtt5.Mqtt5ClientBuilder;
import com.hivemq.client.mqtt.mqtt5.Mqtt5ClientConnectionConfig;
import com.hivemq.client.mqtt.mqtt5.exceptions.Mqtt5ConnAckException;
import com.hivemq.client.mqtt.mqtt5.exceptions.Mqtt5DisconnectException;
import com.hivemq.client.mqtt.mqtt5.exceptions.Mqtt5PubAckException;
import com.hivemq.client.mqtt.mqtt5.exceptions.Mqtt5SubAckException;
import com.hivemq.client.mqtt.mqtt5.lifecycle.Mqtt5ClientDisconnectedContext;
import com.hivemq.client.mqtt.mqtt5.lifecycle.Mqtt5ClientReconnector;
import com.hivemq.client.mqtt.mqtt5.message.auth.Mqtt5SimpleAuth;
import com.hivemq.client.mqtt.mqtt5.message.disconnect.Mqtt5DisconnectReasonCode;
import com.hivemq.client.mqtt.mqtt5.message.publish.Mqtt5PublishResult;
import com.hivemq.client.mqtt.mqtt5.message.publish.puback.Mqtt5PubAckReasonCode;
import com.hivemq.client.mqtt.mqtt5.message.subscribe.Mqtt5Subscription;
import com.hivemq.client.mqtt.mqtt5.message.subscribe.suback.Mqtt5SubAck;
import com.hivemq.client.mqtt.mqtt5.message.unsubscribe.Mqtt5Unsubscribe;
import io.netty.channel.ChannelPipeline;
import io.p2pfaas.node.files.FileProblem;
import io.p2pfaas.node.files.FileWatch;
import io.p2pfaas.node.tls.TlsMaterial;
import io.p2pfaas.node.wire.WireMessage;
import io.reactivex.schedulers.Schedulers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The HiveMQ MQTT client as transport, MQTT 5. Everything happens on the client's one Netty thread: handing each message
 * to another thread would cost more than taking it in. The one class that knows that client, so a long one.
 */
public final class HiveMqTransport implements Transport {
    private static final Logger LOG = LoggerFactory.getLogger(HiveMqTransport.class);
    private static final List<String> TLS_VERSIONS = List.of("TLSv1.3", "TLSv1.2");

    /** Below the 64 publishes that the client takes in before it makes its callers wait. */
    private static final int MAX_UNACKNOWLEDGED = 60;

    private static final int MAX_WAITING = 20_000;
    private static final long MAX_WAITING_BYTES = 64L * 1024 * 1024;
    private static final long CLOSE_MILLIS = 2000;

    private final LinkSettings settings;
    private final FileWatch<TlsMaterial> tls;
    private final BrokerChoice choice;
    private final ConnectFailure failures;
    private final ToldOnce told = new ToldOnce();
    private final LinkTrouble trouble = new LinkTrouble(System::nanoTime);
    private final String clientId;
    private final Mqtt5AsyncClient client;
    private final PublishWindow publishes = new PublishWindow(this::handToClient, MAX_WAITING, MAX_WAITING_BYTES);
    private volatile @Nullable Listener listener;
    private volatile @Nullable ScheduledExecutorService rotating;
    private volatile String address;
    private volatile BrokerTerms terms = BrokerTerms.NONE;
    private volatile boolean closed;
    private volatile boolean up;
    private volatile boolean renewing;

    /**
     * @throws IllegalStateException if the files with keys or certificates cannot be used
     */
    public HiveMqTransport(LinkSettings settings) {
        this(settings, settings.clientId());
    }

    /**
     * With another name than a node has: a broker ends the connection of whoever had the same.
     *
     * @throws IllegalStateException if the files with keys or certificates cannot be used
     */
    HiveMqTransport(LinkSettings settings, String clientId) {
        this.settings = settings;
        this.clientId = clientId;
        try {
            this.tls = TlsMaterial.watch(settings.tls());
        } catch (FileProblem broken) {
            throw new IllegalStateException(broken.getMessage(), broken);
        }
        this.choice =
                new BrokerChoice(settings.brokers(), settings.reconnectMax().toNanos(), HiveMqTransport::upTo);
        this.failures = new ConnectFailure(settings.tls().certificate().isPresent());
        this.address = choice.current().url();
        this.client = build();
    }

    private static long upTo(long bound) {
        return ThreadLocalRandom.current().nextLong(bound + 1);
    }

    private Mqtt5AsyncClient build() {
        Mqtt5ClientBuilder builder = Mqtt5Client.builder()
                .identifier(clientId)
                .transportConfig(transportTo(choice.current(), tls.content()))
                .executorConfig(MqttClientExecutorConfig.builder()
                        .nettyThreads(1)
                        .applicationScheduler(Schedulers.trampoline())
                        .build())
                .addConnectedListener(context -> connected())
                .addDisconnectedListener(context -> disconnected((Mqtt5ClientDisconnectedContext) context));
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

    private MqttClientTransportConfig transportTo(BrokerAddress broker, TlsMaterial material) {
        long timeoutMillis = settings.connectTimeout().toMillis();
        MqttClientTransportConfigBuilder builder = MqttClientTransportConfig.builder()
                .serverHost(broker.host())
                .serverPort(broker.port())
                .socketConnectTimeout(timeoutMillis, TimeUnit.MILLISECONDS)
                .mqttConnectTimeout(timeoutMillis, TimeUnit.MILLISECONDS);
        if (broker.tls()) {
            builder = builder.sslConfig(MqttClientSslConfig.builder()
                    .trustManagerFactory(material.trust().orElse(null))
                    .keyManagerFactory(material.keys().orElse(null))
                    .protocols(TLS_VERSIONS)
                    .handshakeTimeout(timeoutMillis, TimeUnit.MILLISECONDS)
                    // Without one, the JDK compares host and certificate during the handshake.
                    .hostnameVerifier(settings.verifyHost() ? null : (host, session) -> true)
                    .build());
        }
        String path = broker.webSocketPath();
        if (path != null) {
            builder = builder.webSocketConfig(MqttWebSocketConfig.builder()
                    .serverPath(path)
                    .handshakeTimeout(timeoutMillis, TimeUnit.MILLISECONDS)
                    .build());
        }
        return builder.build();
    }

    /** The broker that is connected or tried, as it was configured. */
    public String address() {
        return address;
    }

    /** What went wrong on the way to the broker. */
    public LinkTrouble trouble() {
        return trouble;
    }

    /** The largest packet that the broker takes, and what it lacks; nothing while there is no connection. */
    public Optional<BrokerTerms> terms() {
        return up ? Optional.of(terms) : Optional.empty();
    }

    @Override
    public void start(Listener newListener, @Nullable WireMessage will) {
        listener = newListener;
        // Whatever comes of it is told to the listener.
        CompletableFuture<?> ignored = client.connectWith()
                .cleanStart(true)
                .sessionExpiryInterval(0)
                .keepAlive((int) Math.max(1, settings.keepAlive().toSeconds()))
                .willPublish(
                        will == null ? null : HiveMqMessages.toPublish(will).asWill())
                .send()
                .whenComplete((connected, error) -> {
                    if (error != null && !closed) {
                        LOG.error("the broker link ended for good", error);
                    }
                });
        if (tls.watchesFiles()) {
            startRotation();
        }
    }

    private void startRotation() {
        ScheduledExecutorService executor = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, "p2pfaas-broker-keys");
            thread.setDaemon(true);
            return thread;
        });
        Rotation rotation = new Rotation(
                tls::look,
                this::connectAnew,
                settings.reconnectMax().toNanos(),
                HiveMqTransport::upTo,
                System.nanoTime());
        rotating = executor;
        rotate(executor, rotation);
    }

    private void rotate(ScheduledExecutorService executor, Rotation rotation) {
        long pauseNanos = Rotation.LOOK_NANOS;
        try {
            pauseNanos = rotation.onTime(System.nanoTime());
        } catch (RuntimeException failed) {
            LOG.error("cannot look for new keys and certificates", failed);
        }
        if (!closed) {
            // Closing ends the executor: then there is nothing to come back for.
            Future<?> ignored = executor.schedule(() -> rotate(executor, rotation), pauseNanos, TimeUnit.NANOSECONDS);
        }
    }

    /** A connection keeps the certificate that it was made with. Whoever is not connected reads the new one anyway. */
    private void connectAnew() {
        if (up && !closed) {
            LOG.info("keys or certificates have changed: connecting to {} anew", address);
            renewing = true;
            CompletableFuture<?> ignored = client.disconnect().exceptionally(lost -> {
                // The connection was lost at this moment; the next one has the new certificate.
                renewing = false;
                return null;
            });
        }
    }

    private void connected() {
        Listener listening = listener;
        if (listening != null && !up) {
            up = true;
            sieve();
            choice.connected(System.nanoTime());
            told.forget(choice.current());
            trouble.connected();
            LOG.info("connected to broker {}", address);
            terms = termsTold();
            if (!terms.missing().isEmpty()) {
                LOG.error("broker {} lacks what a node needs: {}", address, String.join(", ", terms.missing()));
            }
            publishes.open(Math.min(MAX_UNACKNOWLEDGED, terms.sendMaximum()));
            // Anew on each connect: with the session of a lost connection the client ends what listened to it.
            client.publishes(
                    MqttGlobalPublishFilter.ALL,
                    publish -> listening.received(HiveMqMessages.fromPublish(publish)),
                    Runnable::run);
            listening.up();
        }
    }

    /** Nothing but the broker's consent has come yet: publishes come after the first subscription. */
    private void sieve() {
        if (client.getConfig() instanceof MqttClientConfig config && config.getRawConnectionConfig() != null) {
            ChannelPipeline pipeline =
                    config.getRawConnectionConfig().getChannel().pipeline();
            pipeline.addBefore(MqttDecoder.NAME, PublishSieve.NAME, new PublishSieve());
        }
    }

    private BrokerTerms termsTold() {
        return client.getConfig()
                .getConnectionConfig()
                .map(Mqtt5ClientConnectionConfig::getRestrictionsForClient)
                .map(told -> new BrokerTerms(
                        told.getSendMaximum(),
                        told.getSendMaximumPacketSize(),
                        new BrokerTerms.Features(
                                told.getMaximumQos() != MqttQos.AT_MOST_ONCE,
                                told.isRetainAvailable(),
                                told.isWildcardSubscriptionAvailable(),
                                told.isSharedSubscriptionAvailable())))
                .orElse(BrokerTerms.NONE);
    }

    private void disconnected(Mqtt5ClientDisconnectedContext context) {
        boolean wasUp = up;
        boolean isRenewal = renewing;
        renewing = false;
        up = false;
        publishes.close();
        if (closed) {
            context.getReconnector().reconnect(false);
        } else {
            report(context.getCause(), wasUp, isRenewal);
            long now = System.nanoTime();
            long pauseNanos = !wasUp ? choice.onFailure() : isRenewal ? choice.onRenewal(now) : choice.onLoss(now);
            address = choice.current().url();
            reconnect(context.getReconnector(), choice.current(), pauseNanos);
        }
        Listener listening = listener;
        if (listening != null && wasUp) {
            listening.down();
        }
    }

    /** Reads the files with keys and certificates right before the attempt, and not on the client's thread. */
    private void reconnect(Mqtt5ClientReconnector reconnector, BrokerAddress next, long pauseNanos) {
        Executor afterPause = CompletableFuture.delayedExecutor(pauseNanos, TimeUnit.NANOSECONDS);
        reconnector
                .reconnectWhen(CompletableFuture.supplyAsync(tls::readAnew, afterPause), (material, failed) -> {
                    if (failed != null) {
                        LOG.error("cannot read keys and certificates anew", failed);
                    }
                    reconnector.reconnect(!closed);
                    reconnector.transportConfig(transportTo(next, material == null ? tls.content() : material));
                })
                .delay(0, TimeUnit.NANOSECONDS)
                .resubscribeIfSessionExpired(false)
                .republishIfSessionExpired(false);
    }

    private void report(Throwable cause, boolean wasUp, boolean isRenewal) {
        if (isRenewal) {
            return;
        }
        BrokerAddress broker = choice.current();
        String reason = failures.reason(cause, refusalOf(cause));
        if (isTakeover(cause)) {
            trouble.takenOver();
            reason = "another client of this node's name has connected: " + clientId;
        }
        trouble.failed(broker.url(), reason, wasUp);
        Listener listening = listener;
        if (listening != null && !wasUp) {
            listening.failed(reason);
        }
        if (wasUp) {
            LOG.warn("broker {} lost: {}", broker, reason);
        } else if (told.isNew(broker, reason)) {
            LOG.warn("broker {} cannot be used: {}", broker, reason);
        }
    }

    private static boolean isTakeover(Throwable cause) {
        return cause instanceof Mqtt5DisconnectException ended
                && ended.getMqttMessage().getReasonCode() == Mqtt5DisconnectReasonCode.SESSION_TAKEN_OVER;
    }

    private static OptionalInt refusalOf(Throwable cause) {
        return cause instanceof Mqtt5ConnAckException refused
                ? OptionalInt.of(refused.getMqttMessage().getReasonCode().getCode())
                : OptionalInt.empty();
    }

    private static CompletionStage<Void> ignoringResult(CompletionStage<?> stage) {
        return stage.thenAccept(done -> {});
    }

    @Override
    public boolean takes(WireMessage message) {
        return terms.take(message);
    }

    @Override
    public CompletionStage<Delivery> publish(WireMessage message) {
        return takes(message) ? publishes.publish(message) : CompletableFuture.completedFuture(Delivery.TOO_LARGE);
    }

    private CompletionStage<Delivery> handToClient(WireMessage message) {
        return client.publish(HiveMqMessages.toPublish(message)).handle((result, error) -> {
            Throwable failure = error != null ? error : result.getError().orElse(null);
            if (failure != null) {
                if (isForbidden(failure)) {
                    trouble.publishRefused(message.topic());
                }
                return wasNotTaken(failure) ? Delivery.FAILED : Delivery.UNKNOWN;
            }
            return foundNobody(result) ? Delivery.NOBODY : Delivery.TAKEN;
        });
    }

    /** The broker said no, or the message never left. */
    private static boolean wasNotTaken(Throwable failure) {
        return failure instanceof Mqtt5PubAckException
                || failure instanceof MqttClientStateException
                || failure instanceof MqttEncodeException;
    }

    private static boolean isForbidden(Throwable error) {
        return error instanceof Mqtt5PubAckException refused
                && refused.getMqttMessage().getReasonCode() == Mqtt5PubAckReasonCode.NOT_AUTHORIZED;
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
        return client.subscribeWith()
                .addSubscriptions(filters.stream()
                        .map(filter -> Mqtt5Subscription.builder()
                                .topicFilter(filter)
                                .qos(qos)
                                .build())
                        .toList())
                .send()
                .handle((answer, error) -> {
                    note(filters, answer, error);
                    if (error != null) {
                        throw new CompletionException(error);
                    }
                    return null;
                });
    }

    private void note(List<String> filters, @Nullable Mqtt5SubAck answer, @Nullable Throwable error) {
        Mqtt5SubAck said = error instanceof Mqtt5SubAckException refused ? refused.getMqttMessage() : answer;
        if (said != null) {
            trouble.subscriptionAnswered(
                    filters,
                    said.getReasonCodes().stream()
                            .map(code -> code.isError() ? code.name().toLowerCase(Locale.ROOT) : "")
                            .toList());
        }
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

    @Override
    public void close() {
        closed = true;
        ScheduledExecutorService executor = rotating;
        if (executor != null) {
            executor.shutdownNow();
        }
        try {
            client.disconnect().orTimeout(CLOSE_MILLIS, TimeUnit.MILLISECONDS).join();
        } catch (RuntimeException ignored) {
            // Not connected, or the broker is gone: there is nothing left to end.
        }
    }
}
