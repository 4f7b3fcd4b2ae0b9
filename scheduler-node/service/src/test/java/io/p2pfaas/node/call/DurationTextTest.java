package io.p2pfaas.node.call;

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
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "100", "ms", "-1s", "1 s", "1,5s", "1d", "1S", "999999999999h", "1.s"})
    void anything_else_is_refused_with_the_text(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> DurationText.parse(text))
                .withMessageContaining("\"" + text + "\"")
                .withMessageContaining("allowed");
    }
}
