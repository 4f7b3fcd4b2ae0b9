package io.p2pfaas.node.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.undertow.util.HeaderMap;
import io.undertow.util.HttpString;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class CallTraceTest {
    private static final Instant NOW = Instant.parse("2026-01-31T12:00:00.123456789Z");

    @ParameterizedTest
    @ValueSource(strings = {"1", "02ec6000-7379-46d0-9280-68076ee8c725", "a/b?c=d", "~!@#$%^&*()"})
    void a_callers_id_stays(String id) {
        assertThat(CallTrace.of(id, () -> "made", NOW).id()).isEqualTo(id);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "a b", "a\tb", "a\u007f", "gr\u00fcn", "a\u0000"})
    void an_id_that_would_spoil_a_log_is_replaced(String id) {
        assertThat(CallTrace.of(id, () -> "made", NOW).id()).isEqualTo("made");
    }

    @Test
    void an_id_has_at_most_128_characters() {
        assertThat(CallTrace.of("x".repeat(128), () -> "made", NOW).id()).hasSize(128);
        assertThat(CallTrace.of("x".repeat(129), () -> "made", NOW).id()).isEqualTo("made");
    }

    @Test
    void ids_that_are_made_are_random_uuids() {
        UUID one = UUID.fromString(CallTrace.anyId());
        assertThat(one.version()).isEqualTo(4);
        assertThat(one.variant()).isEqualTo(2);
        assertThat(UUID.fromString(CallTrace.anyId())).isNotEqualTo(one);
    }

    @Test
    void the_start_is_told_in_nanoseconds_since_1970() {
        List<String> fields = new ArrayList<>();
        CallTrace.of("a", () -> "made", NOW).describe((name, value) -> fields.add(name + "=" + value));
        assertThat(fields).containsExactly("X-Call-Id=a", "X-Start-Time=1769860800123456789");
    }

    @Test
    void what_a_function_says_in_these_fields_is_replaced() {
        HeaderMap fields =
                new HeaderMap().add(new HttpString("x-duration-seconds"), "9").add(new HttpString("x-call-id"), "b");
        CallTrace.of("a", () -> "made", NOW).describe(1_234_567, fields);
        assertThat(fields.get("X-Call-Id")).containsExactly("a");
        assertThat(fields.get("X-Duration-Seconds")).containsExactly("0.001234");
    }
}
