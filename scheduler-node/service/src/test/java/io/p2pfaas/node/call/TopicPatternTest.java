package io.p2pfaas.node.call;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class TopicPatternTest {
    @ParameterizedTest
    @CsvSource(
            nullValues = "none",
            value = {
                "sensors/+/raw, sensors/a/raw, a",
                "sensors/+/raw, sensors//raw, ''",
                "+/+/raw, x/y/raw, x|y",
                "a/+/#, a/b/c/d, b|c/d",
                "a/#, a, ''",
                "a/b, a/b, ''",
                "sensors/+/raw, sensors/a/b/raw, none",
                "sensors/+/raw, sensors/a, none",
                "sensors/+/raw, sensors/a/raw/x, none",
                "#, $SYS/x, none",
                "+/x, $SYS/x, none",
            })
    void what_the_wildcards_stand_for_is_found(String filter, String topic, String found) {
        var wildcards = TopicPattern.of(filter).match(topic);

        assertThat(wildcards == null ? null : String.join("|", wildcards)).isEqualTo(found);
    }

    @ParameterizedTest
    @CsvSource({
        "a/+, a/b, true",
        "a/+, +/b, true",
        "a/#, a, true",
        "a/#, b/#, false",
        "a/+, a/+/c, false",
        "a/b, a/c, false",
        "a/b/#, a/+, true",
        "a/b/c/#, a/+, false",
        "#, x/y, true",
    })
    void filters_overlap_if_some_topic_matches_both(String one, String other, boolean overlap) {
        assertThat(TopicPattern.of(one).overlaps(TopicPattern.of(other))).isEqualTo(overlap);
        assertThat(TopicPattern.of(other).overlaps(TopicPattern.of(one))).isEqualTo(overlap);
    }
}
