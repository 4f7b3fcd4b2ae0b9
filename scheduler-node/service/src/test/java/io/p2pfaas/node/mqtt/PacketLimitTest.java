package io.p2pfaas.node.mqtt;

import static org.assertj.core.api.Assertions.assertThat;

import io.p2pfaas.node.call.Headers;
import io.p2pfaas.node.wire.WireMessage;
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

    @Test
    void no_slot_is_booked_for_a_body_that_the_broker_does_not_take_and_no_peer_is_suspect() {
        TestNode a = cluster.node("a", TestNode.Plan.holding("ForwardScheduler(1)"));
        cluster.node("b", TestNode.Plan.holding("NoScheduler(true)"));
        a.transport.limitPayloads(50_000);
        LocalCaller caller = a.call("x".repeat(70_000));
        cluster.settle();

        assertThat(cluster.broker.published("p2pfaas/v1/node/b/from/a/fwd/+")).isEmpty();
        assertThat(a.runtime.started()).as("it runs here, at once").hasSize(1);
        a.runtime.started().get(0).answer(TestCluster.response(200, "here"));
        assertThat(caller.body()).isEqualTo("here");

        LocalCaller small = a.call("small");
        cluster.settle();
        assertThat(cluster.broker.published("p2pfaas/v1/node/b/from/a/fwd/+"))
                .as("a request for a slot, and the body")
                .hasSize(2);
        assertThat(small.answers()).isZero();
    }

    @Test
    void a_presence_that_the_broker_does_not_take_is_sent_without_functions() {
        TestNode node = cluster.stopped("a", TestNode.Plan.holding("NoScheduler(true)"));
        List<WireMessage> states = cluster.broker.inbox("p2pfaas/v1/node/a/state");
        // Enough without the name of the only function.
        node.transport.limitPayloads(97);
        node.start();
        cluster.settle();

        assertThat(TestCluster.text(states.get(0).payload())).contains("\"functions\":[]", "\"state\":\"online\"");
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
        assertThat(new BrokerTerms(1, 110, List.of()).take(message)).isEqualTo(taken);
        assertThat(new BrokerTerms(1, 38 + payload, List.of()).take(message))
                .as("the broker takes one byte less than the client writes")
                .isFalse();
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
