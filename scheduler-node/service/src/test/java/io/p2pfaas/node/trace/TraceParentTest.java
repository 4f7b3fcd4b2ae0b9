package io.p2pfaas.node.trace;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class TraceParentTest {
    private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
    private static final String SPAN = "00f067aa0ba902b7";

    @ParameterizedTest
    @CsvSource({"00, false", "01, true", "02, false", "03, true", "ff, true", "fe, false"})
    void the_sampled_flag_is_read_whatever_else_is_set(String flags, boolean sampled) {
        TraceParent parsed = Objects.requireNonNull(TraceParent.parse("00-" + TRACE + "-" + SPAN + "-" + flags));

        assertThat(parsed.traceId()).isEqualTo(TRACE);
        assertThat(parsed.spanId()).isEqualTo(SPAN);
        assertThat(parsed.isSampled()).isEqualTo(sampled);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "cc-" + TRACE + "-" + SPAN + "-01",
                "cc-" + TRACE + "-" + SPAN + "-01-what-the-future-brings",
            })
    void a_later_version_is_read_as_far_as_it_is_known(String text) {
        assertThat(TraceParent.parse(text)).isEqualTo(new TraceParent(TRACE, SPAN, 1));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "00",
                "ff-" + TRACE + "-" + SPAN + "-01",
                "00-" + TRACE + "-" + SPAN + "-01-more",
                "cc-" + TRACE + "-" + SPAN + "-01.more",
                "00-" + TRACE + "-" + SPAN + "-1",
                "00-" + TRACE + "-" + SPAN + "-0g",
                "0-" + TRACE + "-" + SPAN + "-001",
                "00-00000000000000000000000000000000-" + SPAN + "-01",
                "00-" + TRACE + "-0000000000000000-01",
                "00-4BF92F3577B34DA6A3CE929D0E0E4736-" + SPAN + "-01",
                "00_" + TRACE + "_" + SPAN + "_01",
                "00-" + TRACE + "-" + SPAN + "-01\r\nx: y"
            })
    void what_is_no_traceparent_counts_as_none(String text) {
        assertThat(TraceParent.parse(text)).isNull();
    }

    @Test
    void what_is_made_here_can_be_read_again() {
        TraceParent made = TraceParent.begin(true, new Random(1));

        assertThat(TraceParent.parse(made.text())).isEqualTo(made);
        assertThat(TraceParent.begin(false, new Random(1)).isSampled()).isFalse();
        assertThat(made.text()).hasSize(55).endsWith("-01");
    }
}
