package io.p2pfaas.node.mqtt;

import com.hivemq.client.internal.mqtt.MqttClientConfig;
import com.hivemq.client.internal.mqtt.codec.decoder.MqttDecoder;
import com.hivemq.client.mqtt.MqttGlobalPublishFilter;
import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.datatypes.MqttTopicFilter;
import com.hivemq.client.mqtt.mqtt5.Mqtt5AsyncClient;
import com.hivemq.client.mqtt.mqtt5.lifecycle.Mqtt5ClientDisconnectedContext;
import com.hivemq.client.mqtt.mqtt5.lifecycle.Mqtt5ClientReconnector;
import com.hivemq.client.mqtt.mqtt5.message.subscribe.Mqtt5Subscription;
import com.hivemq.client.mqtt.mqtt5.message.unsubscribe.Mqtt5Unsubscribe;
import io.netty.channel.ChannelPipeline;
import io.p2pfaas.node.files.FileProblem;
import io.p2pfaas.node.files.FileWatch;
import io.p2pfaas.node.tls.TlsMaterial;
import io.p2pfaas.node.wire.WireMessage;
import java.util.List;
import java.util.Optional;
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
 * to another thread would cost more than taking it in.
 */
public final class HiveMqTransport implements Transport {
    private static final Logger LOG = LoggerFactory.getLogger(HiveMqTransport.class);

    /** Below the 64 publishes that the client takes in before it makes its callers wait. */
    private static final int MAX_UNACKNOWLEDGED = 60;

    private static final int MAX_WAITING = 20_000;
    private static final long MAX_WAITING_BYTES = 64L * 1024 * 1024;
    private static final long CLOSE_MILLIS = 2000;

    private final LinkSettings settings;
    private final HiveMqConfig config;
    private final FileWatch<TlsMaterial> tls;
    private final LinkTrouble trouble = new LinkTrouble(System::nanoTime);
    private final LinkLife life;
    private final Mqtt5AsyncClient client;
    private final PublishWindow publishes = new PublishWindow(this::handToClient, MAX_WAITING, MAX_WAITING_BYTES);
    private volatile @Nullable Listener listener;
    private volatile @Nullable ScheduledExecutorService rotating;
    private volatile BrokerTerms terms = BrokerTerms.NONE;

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
        this.config = new HiveMqConfig(settings);
        try {
            this.tls = TlsMaterial.watch(settings.tls());
        } catch (FileProblem broken) {
            throw new IllegalStateException(broken.getMessage(), broken);
        }
        this.life = new LinkLife(settings, clientId, trouble, HiveMqTransport::upTo);
        this.client = config.client(clientId, life.broker(), tls.content())
                .addConnectedListener(context -> connected())
                .addDisconnectedListener(context -> disconnected((Mqtt5ClientDisconnectedContext) context))
                .buildAsync();
    }

    private static long upTo(long bound) {
        return ThreadLocalRandom.current().nextLong(bound + 1);
    }

    /** The broker that is connected or tried, as it was configured. */
    public String address() {
        return life.address();
    }

    /** What went wrong on the way to the broker. */
    public LinkTrouble trouble() {
        return trouble;
    }

    /** The largest packet that the broker takes, and what it lacks; nothing while there is no connection. */
    public Optional<BrokerTerms> terms() {
        return life.isUp() ? Optional.of(terms) : Optional.empty();
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
                    if (error != null && !life.isClosed()) {
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
        if (!life.isClosed()) {
            // Closing ends the executor: then there is nothing to come back for.
            Future<?> ignored = executor.schedule(() -> rotate(executor, rotation), pauseNanos, TimeUnit.NANOSECONDS);
        }
    }

    /** A connection keeps the certificate that it was made with. Whoever is not connected reads the new one anyway. */
    private void connectAnew() {
        if (life.renews()) {
            LOG.info("keys or certificates have changed: connecting to {} anew", life.address());
            CompletableFuture<?> ignored = client.disconnect().exceptionally(lost -> {
                // The connection was lost at this moment; the next one has the new certificate.
                life.renewalFailed();
                return null;
            });
        }
    }

    private void connected() {
        Listener listening = listener;
        if (listening != null && life.connected(System.nanoTime())) {
            sieve();
            terms = HiveMqAnswers.terms(client.getConfig());
            if (!terms.missing().isEmpty()) {
                LOG.error("broker {} lacks what a node needs: {}", life.address(), String.join(", ", terms.missing()));
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
        if (client.getConfig() instanceof MqttClientConfig internal && internal.getRawConnectionConfig() != null) {
            ChannelPipeline pipeline =
                    internal.getRawConnectionConfig().getChannel().pipeline();
            pipeline.addBefore(MqttDecoder.NAME, PublishSieve.NAME, new PublishSieve());
        }
    }

    private void disconnected(Mqtt5ClientDisconnectedContext context) {
        LinkLife.Ended ended = life.ended(HiveMqAnswers.cause(context.getCause()), System.nanoTime());
        publishes.close();
        Listener listening = listener;
        if (life.isClosed()) {
            context.getReconnector().reconnect(false);
        } else {
            if (listening != null) {
                ended.failure().ifPresent(listening::failed);
            }
            reconnect(context.getReconnector(), life.broker(), ended.pauseNanos());
        }
        if (listening != null && ended.wasUp()) {
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
                    reconnector.reconnect(!life.isClosed());
                    reconnector.transportConfig(config.transport(next, material == null ? tls.content() : material));
                })
                .delay(0, TimeUnit.NANOSECONDS)
                .resubscribeIfSessionExpired(false)
                .republishIfSessionExpired(false);
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
            Throwable failure = HiveMqAnswers.failure(result, error);
            if (failure != null && HiveMqAnswers.isForbidden(failure)) {
                trouble.publishRefused(message.topic());
            }
            return HiveMqAnswers.delivery(result, failure);
        });
    }

    @Override
    public CompletionStage<Void> subscribe(List<String> filters, boolean atLeastOnce) {
        if (!life.isUp()) {
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
                    trouble.subscriptionAnswered(filters, HiveMqAnswers.refusals(answer, error));
                    if (error != null) {
                        throw new CompletionException(error);
                    }
                    return null;
                });
    }

    @Override
    public CompletionStage<Void> unsubscribe(List<String> filters) {
        if (!life.isUp()) {
            return CompletableFuture.failedFuture(new IllegalStateException("not connected"));
        }
        Mqtt5Unsubscribe unsubscribe = Mqtt5Unsubscribe.builder()
                .addTopicFilters(filters.stream().map(MqttTopicFilter::of))
                .build();
        return ignoringResult(client.unsubscribe(unsubscribe));
    }

    @Override
    public void close() {
        life.close();
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
