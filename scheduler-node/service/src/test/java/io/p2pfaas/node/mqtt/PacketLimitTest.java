package io.p2pfaas.node.mqtt;

import static org.assertj.core.api.Assertions.assertThat;

import io.p2pfaas.node.call.Headers;
import io.p2pfaas.node.wire.WireMessage;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A broker that takes only small packets. */
final class PacketLimitTest {
    private final TestCluster cluster = new TestCluster();

    @Test
    void a_caller_is_told_that_the_answer_is_too_large_for_the_broker() {
        TestNode node = cluster.node("a", TestNode.Plan.holding("NoScheduler(true)"));
        List<WireMessage> device = cluster.broker.inbox("p2pfaas/v1/dev/cam1/rsp/#");
        node.transport.limitPayloads(200);
        cluster.broker.publish(TestCluster.call("p2pfaas/v1/dev/cam1/req/echo/1", "x", null, null));
        cluster.settle();
        node.runtime.started().get(0).answer(TestCluster.response(200, "y".repeat(201)));
        cluster.settle();

        assertThat(device).hasSize(1);
        assertThat(device.get(0).topic()).endsWith("/rsp/1/502");
        assertThat(device.get(0).properties().first("reason")).isEqualTo("answer_too_large");
        assertThat(TestCluster.text(device.get(0).payload())).contains("too large for the broker: 201 bytes");
    }

    @ParameterizedTest
    @CsvSource({"0, true", "40, true", "60, false", "70, false"})
    void the_size_of_a_packet_is_never_counted_too_small(int payload, boolean taken) {
        WireMessage message = new WireMessage(
                "a/é",
                TestCluster.bytes("x".repeat(payload)),
                true,
                false,
                null,
                null,
                "t",
                1,
                Headers.of("name", "é".repeat(5)));
        int encoded = 2 + 2 + 4 + 2 + 1 + 4 + 5 + 5 + 4 + 10 + payload;
        BrokerTerms terms = new BrokerTerms(1, 110, List.of());

        assertThat(terms.take(message)).isEqualTo(taken);
        assertThat("é".getBytes(StandardCharsets.UTF_8)).hasSize(2);
        if (taken) {
            assertThat(encoded).isLessThanOrEqualTo(110);
        }
    }

    /** A text in MQTT has two bytes for its length, and a header field of a function may be longer. */
    @ParameterizedTest
    @CsvSource({"65535, true", "65536, false"})
    void a_field_that_mqtt_cannot_carry_is_too_large_whatever_the_broker_takes(int length, boolean taken) {
        WireMessage message = new WireMessage(
                "a", TestCluster.bytes("x"), true, false, null, null, null, 1, Headers.of("n", "v".repeat(length)));

        assertThat(new BrokerTerms(1, Long.MAX_VALUE, List.of()).take(message)).isEqualTo(taken);
    }
}
