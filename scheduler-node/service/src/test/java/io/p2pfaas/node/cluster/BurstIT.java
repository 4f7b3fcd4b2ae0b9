package io.p2pfaas.node.cluster;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import com.hivemq.client.mqtt.MqttGlobalPublishFilter;
import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.mqtt5.Mqtt5AsyncClient;
import com.hivemq.client.mqtt.mqtt5.Mqtt5Client;
import com.hivemq.client.mqtt.mqtt5.message.publish.Mqtt5Publish;
import io.p2pfaas.node.testing.Fault;
import io.p2pfaas.node.testing.MosquittoProcess;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Many more calls at once than anybody has room for: none may be left without a word, and none told twice. */
final class BurstIT {
    private static final int BURST = 5_000;
    private static final String INBOX = "p2pfaas/v1/cli/burst/rsp";

    private MosquittoProcess broker;

    @BeforeEach
    void startBroker() {
        broker = MosquittoProcess.startOrSkip();
    }

    @AfterEach
    void stopBroker() {
        if (broker != null) {
            broker.close();
        }
    }

    @Fault(
            in = Fault.Area.CALLER,
            fault = "more calls at once than all slots and queues hold",
            promise = "each is answered once, or refused once with a reason")
    @ParameterizedTest
    @ValueSource(strings = {"BrokerMatch(lazy)", "BrokerMatch(eager)", "LeastLoadedSpill"})
    void every_call_of_a_burst_is_answered_once_or_refused_once_with_a_reason(String policy) {
        Flags flags = Flags.forBroker(broker.port())
                .with("scheduler", policy)
                .with("functions", "short=builtin:sleep?mean=20ms");
        try (Cluster cluster = Cluster.of(3, flags)) {
            Map<String, AtomicInteger> answers = new ConcurrentHashMap<>();
            Map<String, AtomicInteger> endings = new ConcurrentHashMap<>();
            Mqtt5AsyncClient requester = Mqtt5Client.builder()
                    .serverHost("127.0.0.1")
                    .serverPort(broker.port())
                    .buildAsync();
            requester.publishes(MqttGlobalPublishFilter.ALL, answer -> {
                count(endings, ending(answer));
                count(answers, correlation(answer));
            });
            Await.of(requester.connect());
            Await.of(requester
                    .subscribeWith()
                    .topicFilter(INBOX)
                    .qos(MqttQos.AT_LEAST_ONCE)
                    .send());

            CompletableFuture<?>[] sent = IntStream.range(0, BURST)
                    .mapToObj(i -> requester.publish(request(i)))
                    .toArray(CompletableFuture<?>[]::new);
            Await.of(CompletableFuture.allOf(sent));
            Await.until(
                    () -> BURST + " calls end; " + answers.size() + " did: " + endings + cluster.statuses(),
                    () -> answers.size() == BURST);
            cluster.awaitIdle();
            Await.of(requester.disconnect());

            assertThat(answers.entrySet().stream()
                            .filter(answer -> answer.getValue().get() != 1))
                    .as("calls that were told more than once")
                    .isEmpty();
            assertThat(endings.keySet()).isSubsetOf("200 ", "500 no_taker", "500 no_slot", "500 queue_full");
            int done = endings.getOrDefault("200 ", new AtomicInteger()).get();
            assertThat(done).isPositive();
            cluster.assertAllEnded(BURST, done);
            // More is allowed: in such a crowd a peer may be silent for so long that its call is tried elsewhere too.
            assertThat(cluster.executions()).as("executions").isGreaterThanOrEqualTo(done);
            assertThat(cluster.sum("p2pfaas_link_answers_dropped_total")).isZero();
        }
    }

    private static Mqtt5Publish request(int number) {
        return Mqtt5Publish.builder()
                .topic("p2pfaas/v1/fn/short")
                .qos(MqttQos.AT_LEAST_ONCE)
                .responseTopic(INBOX)
                .correlationData(Integer.toString(number).getBytes(US_ASCII))
                .build();
    }

    private static void count(Map<String, AtomicInteger> counts, String what) {
        counts.computeIfAbsent(what, first -> new AtomicInteger()).incrementAndGet();
    }

    private static String correlation(Mqtt5Publish answer) {
        return answer.getCorrelationData()
                .map(data -> US_ASCII.decode(data.duplicate()).toString())
                .orElse("none");
    }

    /** Status and, of a refusal, its reason. */
    private static String ending(Mqtt5Publish answer) {
        Map<String, String> properties = answer.getUserProperties().asList().stream()
                .collect(Collectors.toMap(
                        property -> property.getName().toString(),
                        property -> property.getValue().toString(),
                        (first, second) -> first));
        return properties.get("status") + " " + properties.getOrDefault("reason", "");
    }
}
