package io.p2pfaas.node.bench;

import com.hivemq.client.mqtt.MqttClientExecutorConfig;
import com.hivemq.client.mqtt.MqttGlobalPublishFilter;
import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.mqtt5.Mqtt5AsyncClient;
import com.hivemq.client.mqtt.mqtt5.Mqtt5Client;
import com.hivemq.client.mqtt.mqtt5.message.publish.Mqtt5Publish;
import io.reactivex.schedulers.Schedulers;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * MQTT 5 request and response at QoS 1 with the node's own client library and nothing else: requester, broker,
 * responder in a process of its own ({@code respond}), broker, requester.
 *
 * <p>{@code RawRoundTrip respond PORT} or {@code RawRoundTrip ask PORT CONCURRENCY BYTES SECONDS}; the latter prints
 * round trips per second and the median and 99th percentile in microseconds.
 */
final class RawRoundTrip {
    private static final String REQUESTS = "bench/raw/request";
    private static final String ANSWERS = "bench/raw/answer";

    private RawRoundTrip() {}

    public static void main(String[] arguments) throws InterruptedException {
        int port = Integer.parseInt(arguments[1]);
        if (arguments[0].equals("respond")) {
            respond(port);
        } else {
            ask(port, Integer.parseInt(arguments[2]), Integer.parseInt(arguments[3]), Integer.parseInt(arguments[4]));
        }
    }

    private static Mqtt5AsyncClient client(int port) {
        return Mqtt5Client.builder()
                .serverHost("127.0.0.1")
                .serverPort(port)
                .executorConfig(MqttClientExecutorConfig.builder()
                        .nettyThreads(1)
                        .applicationScheduler(Schedulers.trampoline())
                        .build())
                .buildAsync();
    }

    private static void subscribe(Mqtt5AsyncClient client, String topic) {
        client.connect().join();
        client.subscribeWith()
                .topicFilter(topic)
                .qos(MqttQos.AT_LEAST_ONCE)
                .send()
                .join();
    }

    private static void send(Mqtt5AsyncClient client, Mqtt5Publish publish) {
        Object ignored = client.publish(publish);
    }

    private static void respond(int port) throws InterruptedException {
        Mqtt5AsyncClient client = client(port);
        client.publishes(
                MqttGlobalPublishFilter.ALL,
                request -> send(
                        client,
                        Mqtt5Publish.builder()
                                .topic(ANSWERS)
                                .payload(request.getPayload().orElse(null))
                                .correlationData(request.getCorrelationData().orElse(null))
                                .qos(MqttQos.AT_LEAST_ONCE)
                                .build()),
                Runnable::run);
        subscribe(client, REQUESTS);
        new CountDownLatch(1).await();
    }

    private static void ask(int port, int concurrency, int bytes, int seconds) throws InterruptedException {
        Mqtt5AsyncClient client = client(port);
        ByteBuffer payload = ByteBuffer.allocate(bytes).asReadOnlyBuffer();
        long[] sentAt = new long[concurrency];
        List<Long> nanos = Collections.synchronizedList(new ArrayList<>());
        AtomicBoolean measuring = new AtomicBoolean();
        client.publishes(
                MqttGlobalPublishFilter.ALL,
                answer -> {
                    int slot = answer.getCorrelationData().orElseThrow().getInt(0);
                    if (measuring.get()) {
                        nanos.add(System.nanoTime() - sentAt[slot]);
                    }
                    request(client, payload, slot, sentAt);
                },
                Runnable::run);
        subscribe(client, ANSWERS);
        for (int slot = 0; slot < concurrency; slot++) {
            request(client, payload, slot, sentAt);
        }
        TimeUnit.SECONDS.sleep(1);
        measuring.set(true);
        TimeUnit.SECONDS.sleep(seconds);
        measuring.set(false);
        report(new ArrayList<>(nanos), seconds);
        System.exit(0);
    }

    private static void request(Mqtt5AsyncClient client, ByteBuffer payload, int slot, long[] sentAt) {
        sentAt[slot] = System.nanoTime();
        ByteBuffer correlation = ByteBuffer.allocate(Integer.BYTES).putInt(0, slot);
        send(
                client,
                Mqtt5Publish.builder()
                        .topic(REQUESTS)
                        .payload(payload)
                        .correlationData(correlation)
                        .responseTopic(ANSWERS)
                        .qos(MqttQos.AT_LEAST_ONCE)
                        .build());
    }

    private static void report(List<Long> nanos, int seconds) {
        Collections.sort(nanos);
        int count = nanos.size();
        System.out.printf(
                Locale.ROOT,
                "%.1f %.1f %.1f%n",
                (double) count / seconds,
                count == 0 ? 0 : nanos.get(count / 2) / 1000.0,
                count == 0 ? 0 : nanos.get((int) (count * 0.99)) / 1000.0);
    }
}
