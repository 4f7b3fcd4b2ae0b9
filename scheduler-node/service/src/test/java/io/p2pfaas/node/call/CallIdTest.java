package io.p2pfaas.node.call;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class CallIdTest {
    private static Request request(Headers headers) {
        return new Request("POST", "", "", headers, ByteBuffer.allocate(0));
    }

    @Test
    void a_call_has_the_id_that_its_caller_gave_or_else_this_nodes_number() {
        assertThat(CallId.of(request(Headers.of("x-call-id", "order-7/a")), 4)).isEqualTo("order-7/a");
        assertThat(CallId.of(request(Headers.EMPTY), 4)).isEqualTo("4");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "a b", "a\nb", "\u001b[2J", "\u00fc", "\u202egnp"})
    void what_could_not_be_read_in_a_log_is_no_id(String given) {
        assertThat(CallId.of(request(Headers.of("X-Call-Id", given)), 4)).isEqualTo("4");
    }

    @Test
    void an_id_over_mqtt_may_be_thousands_of_characters_and_is_not_kept() {
        assertThat(CallId.of(request(Headers.of("X-Call-Id", "x".repeat(128))), 4))
                .hasSize(128);
        assertThat(CallId.of(request(Headers.of("X-Call-Id", "x".repeat(129))), 4))
                .isEqualTo("4");
    }
}
