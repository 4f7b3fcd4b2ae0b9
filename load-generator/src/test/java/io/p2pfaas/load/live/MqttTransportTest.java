package io.p2pfaas.load.live;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.p2pfaas.load.device.DeviceReply;
import io.p2pfaas.load.record.Executor;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

final class MqttTransportTest {
    private static final String FULL = "{\"code\":400,\"message\":\"Job cannot be scheduled: the queue is full\"}";

    private static DeviceReply answer(int status, Map<String, String> properties, String body) {
        return new DeviceReply.Answered(status, properties, ByteBuffer.wrap(body.getBytes(UTF_8)));
    }

    @Test
    void an_mqtt_5_answer_tells_what_an_http_answer_tells() {
        Map<String, String> remote =
                Map.of(NodeAnswer.EXTERNALLY_EXECUTED, "True", NodeAnswer.PEERS_LIST_ID, "[\"n1\",\"n2\"]");
        assertThat(MqttTransport.translate(answer(200, remote, "x"), true))
                .isEqualTo(new Reply.Answer(200, OptionalInt.empty(), new Executor("n2"), ""));
        assertThat(MqttTransport.translate(answer(500, Map.of("reason", "no_taker"), FULL), true))
                .isEqualTo(new Reply.Answer(500, OptionalInt.of(400), Executor.LOCAL, "no_taker"));
    }

    @Test
    void a_3_1_1_answer_does_not_say_who_executed_it_and_its_reason_is_in_the_body() {
        assertThat(MqttTransport.translate(answer(200, Map.of(), "x"), false))
                .isEqualTo(new Reply.Answer(200, OptionalInt.empty(), Executor.UNKNOWN, ""));
        assertThat(MqttTransport.translate(answer(500, Map.of(), FULL), false))
                .isEqualTo(new Reply.Answer(500, OptionalInt.of(400), Executor.UNKNOWN, "queue_full"));
    }

    @Test
    void a_lost_call_is_a_broken_connection() {
        assertThat(MqttTransport.translate(new DeviceReply.Lost("gone"), true)).isEqualTo(new Reply.Broken("gone"));
    }
}
