package io.p2pfaas.broker;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.datatypes.MqttUtf8String;
import com.hivemq.client.mqtt.mqtt5.message.publish.Mqtt5Publish;
import com.hivemq.client.mqtt.mqtt5.message.publish.puback.Mqtt5PubAckReasonCode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What nodes rely on from their broker, whichever it is. */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
abstract class BrokerContract {
    /** Every test has topics of its own, because the broker outlives it. */
    private final String topic = "contract/" + UUID.randomUUID();

    abstract int port();

    @Test
    void a_request_arrives_with_its_properties() {
        try (var asker = TestClient.connect(port());
                var answerer = TestClient.connect(port())) {
            answerer.subscribe(topic);
            asker.publish(asker.message(topic)
                    .payload("question".getBytes(UTF_8))
                    .responseTopic(topic + "/rsp")
                    .correlationData(new byte[] {0, 1, -1})
                    .contentType("image/png")
                    .userProperties()
                    .add("hops", "1")
                    .add("path", "n1")
                    .add("path", "n2")
                    .applyUserProperties()
                    .build());

            var request = answerer.next();
            assertThat(request.getResponseTopic()).map(Object::toString).contains(topic + "/rsp");
            assertThat(request.getCorrelationData()).contains(ByteBuffer.wrap(new byte[] {0, 1, -1}));
            assertThat(request.getContentType()).map(MqttUtf8String::toString).contains("image/png");
            assertThat(request.getUserProperties().asList())
                    .map(property -> property.getName() + "=" + property.getValue())
                    .containsExactly("hops=1", "path=n1", "path=n2");
        }
    }

    @Test
    void a_publish_that_nobody_receives_is_acknowledged_with_that_reason() {
        try (var client = TestClient.connect(port())) {
            assertThat(client.publish(client.message(topic).build()))
                    .isEqualTo(Mqtt5PubAckReasonCode.NO_MATCHING_SUBSCRIBERS);
            client.subscribe(topic);
            assertThat(client.publish(client.message(topic).build())).isEqualTo(Mqtt5PubAckReasonCode.SUCCESS);
        }
    }

    @Test
    void a_shared_group_that_everybody_has_left_counts_as_nobody() {
        var group = "$share/spill/" + topic;
        try (var publisher = TestClient.connect(port());
                var member = TestClient.connect(port())) {
            member.subscribe(group);
            assertThat(publisher.publish(publisher.message(topic).build())).isEqualTo(Mqtt5PubAckReasonCode.SUCCESS);
            member.unsubscribe(group);
            assertThat(publisher.publish(publisher.message(topic).build()))
                    .isEqualTo(Mqtt5PubAckReasonCode.NO_MATCHING_SUBSCRIBERS);
        }
    }

    @Test
    void a_shared_group_whose_only_member_disconnected_counts_as_nobody() {
        try (var publisher = TestClient.connect(port())) {
            try (var member = TestClient.connect(port())) {
                member.subscribe("$share/spill/" + topic);
            }
            // DISCONNECT has no answer: the broker may take a moment to carry it out.
            var patience = System.nanoTime() + Duration.ofSeconds(5).toNanos();
            var reason = publisher.publish(publisher.message(topic).build());
            while (reason == Mqtt5PubAckReasonCode.SUCCESS && System.nanoTime() < patience) {
                reason = publisher.publish(publisher.message(topic).build());
            }
            assertThat(reason).isEqualTo(Mqtt5PubAckReasonCode.NO_MATCHING_SUBSCRIBERS);
        }
    }

    @Test
    void a_shared_group_deals_each_message_to_exactly_one_member() {
        var group = "$share/nodes/" + topic;
        BlockingQueue<Mqtt5Publish> dealt = new LinkedBlockingQueue<>();
        try (var publisher = TestClient.connect(port());
                var first = TestClient.connect(port(), dealt::add);
                var second = TestClient.connect(port(), dealt::add)) {
            first.subscribe(group);
            second.subscribe(group);
            var numbers = IntStream.range(0, 200).mapToObj(Integer::toString).toList();
            numbers.forEach(number -> publisher.publishText(topic, number));

            assertThat(TestClient.nextTexts(dealt, numbers.size())).containsExactlyInAnyOrderElementsOf(numbers);
            first.unsubscribe(group);
            second.unsubscribe(group);
            assertThat(dealt).isEmpty();
        }
    }

    @Test
    void a_client_that_vanishes_leaves_its_will() throws IOException {
        try (var heir = TestClient.connect(port())) {
            heir.subscribe(topic);
            WillSender.connectAndVanish(port(), topic, "lost", 0);
            assertThat(heir.nextText()).isEqualTo("lost");
        }
    }

    @Test
    void a_retained_message_waits_for_subscribers_until_it_is_deleted() {
        try (var publisher = TestClient.connect(port());
                var early = TestClient.connect(port());
                var late = TestClient.connect(port())) {
            publisher.publish(publisher
                    .message(topic)
                    .payload("online".getBytes(UTF_8))
                    .retain(true)
                    .build());
            early.subscribe(topic);
            var kept = early.next();
            assertThat(kept.isRetain()).isTrue();
            assertThat(kept.getPayloadAsBytes()).asString(UTF_8).isEqualTo("online");

            publisher.publish(publisher.message(topic).retain(true).build());
            late.subscribe(topic);
            publisher.publishText(topic, "live");
            assertThat(late.nextText()).isEqualTo("live");
        }
    }

    @Test
    void a_message_past_its_expiry_is_not_delivered() throws IOException {
        var sleeper = "sleeper-" + UUID.randomUUID();
        try (var publisher = TestClient.connect(port())) {
            try (var client = TestClient.resume(port(), sleeper)) {
                client.subscribe(topic);
            }
            publisher.publish(expiring("lapsed", 1));
            publisher.publish(expiring("in time", 100));
            // A will delayed by three seconds is the broker's own word that three seconds have passed.
            publisher.subscribe(topic + "/clock");
            WillSender.connectAndVanish(port(), topic + "/clock", "rang", 3);
            assertThat(publisher.nextText()).isEqualTo("rang");

            try (var client = TestClient.resume(port(), sleeper)) {
                var delivered = client.next();
                assertThat(delivered.getPayloadAsBytes()).asString(UTF_8).isEqualTo("in time");
                assertThat(delivered.getMessageExpiryInterval().orElseThrow()).isLessThan(100);
                client.unsubscribe(topic);
            }
        }
    }

    @Test
    void a_burst_to_a_slow_subscriber_arrives_whole() {
        int burst = 5_000;
        BlockingQueue<Mqtt5Publish> arrived = new LinkedBlockingQueue<>();
        try (var publisher = TestClient.connect(port());
                var subscriber = TestClient.connect(port(), message -> {
                    arduousWork();
                    arrived.add(message);
                })) {
            subscriber.subscribe(topic);
            var acknowledgements = IntStream.range(0, burst)
                    .mapToObj(number -> publisher.publishLater(publisher
                            .message(topic)
                            .payload(Integer.toString(number).getBytes(UTF_8))
                            .build()))
                    .toList();

            var received = TestClient.nextTexts(arrived, burst);
            assertThat(acknowledgements)
                    .map(acknowledgement -> TestClient.reason(TestClient.await(acknowledgement)))
                    .containsOnly(Mqtt5PubAckReasonCode.SUCCESS);
            assertThat(received)
                    .containsExactlyElementsOf(IntStream.range(0, burst)
                            .mapToObj(Integer::toString)
                            .toList());
        }
    }

    @Test
    void five_megabytes_arrive_unchanged() {
        var image = new byte[5_000_000];
        new Random(7).nextBytes(image);
        try (var publisher = TestClient.connect(port());
                var subscriber = TestClient.connect(port())) {
            subscriber.subscribe(topic);
            publisher.publish(publisher.message(topic).payload(image).build());
            assertThat(subscriber.next().getPayloadAsBytes()).isEqualTo(image);
        }
    }

    /** A few hundred microseconds: much slower than messages come in. */
    private static void arduousWork() {
        var checksum = new CRC32();
        checksum.update(new byte[500_000]);
        assertThat(checksum.getValue()).isNotZero();
    }

    private Mqtt5Publish expiring(String text, long seconds) {
        return Mqtt5Publish.builder()
                .topic(topic)
                .qos(MqttQos.AT_LEAST_ONCE)
                .payload(text.getBytes(UTF_8))
                .messageExpiryInterval(seconds)
                .build();
    }
}
