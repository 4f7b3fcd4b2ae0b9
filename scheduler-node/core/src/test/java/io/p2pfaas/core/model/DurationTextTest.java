package io.p2pfaas.core.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class DurationTextTest {
    @Test
    void units_and_fractions_are_understood() {
        assertThat(DurationText.parse("100ms")).isEqualTo(Duration.ofMillis(100));
        assertThat(DurationText.parse("1.5s")).isEqualTo(Duration.ofMillis(1500));
        assertThat(DurationText.parse("2m")).isEqualTo(Duration.ofMinutes(2));
        assertThat(DurationText.parse("250us")).isEqualTo(Duration.ofNanos(250_000));
        assertThat(DurationText.parse("1h")).isEqualTo(Duration.ofHours(1));
        assertThat(DurationText.parse("0s")).isZero();
        assertThat(DurationText.parse("1m30s")).isEqualTo(Duration.ofSeconds(90));
        assertThat(DurationText.parse("1h0m0.5s")).isEqualTo(Duration.ofMillis(3_600_500));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"0s", "7ns", "250us", "10ms", "1.5s", "59.999999999s", "1m0s", "1m30s", "2h0m0s", "30h5m1.25s"})
    void what_go_writes_is_read_and_written_alike(String text) {
        assertThat(DurationText.of(DurationText.parse(text))).isEqualTo(text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "100", "ms", "-1s", "1 s", "1,5s", "1d", "1S", "999999999999h", "1.s"})
    void anything_else_is_refused_with_the_text(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> DurationText.parse(text))
                .withMessageContaining("\"" + text + "\"")
                .withMessageContaining("allowed");
    }

    @Test
    void a_text_as_long_as_a_header_field_is_read_without_a_deep_stack() {
        assertThat(DurationText.parse("1ns".repeat(20_000))).isEqualTo(Duration.ofNanos(20_000));
        assertThatIllegalArgumentException().isThrownBy(() -> DurationText.parse("1ns".repeat(20_000) + "x"));
    }
}
