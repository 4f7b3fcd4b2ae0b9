package io.p2pfaas.node.call;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class TopicTemplateTest {
    @ParameterizedTest
    @CsvSource({
        "sensors/+/raw, sensors/{1}/small, sensors/a/raw, sensors/a/small",
        "+/+/raw, out/{2}/{1}, x/y/raw, out/y/x",
        "a/+/#, out/{1}-big/{#}, a/b/c/d, out/b-big/c/d",
        "a/#, out/{#}, a, out",
        "a/+, all, a/b, all",
        "a/+, x/{1}, a/$1, x/$1",
    })
    void the_topic_is_made_of_what_matched(String filter, String text, String topic, String made) {
        TopicPattern pattern = TopicPattern.of(filter);

        assertThat(TopicTemplate.of(text, pattern).fill(Objects.requireNonNull(pattern.match(topic))))
                .isEqualTo(made);
    }

    @ParameterizedTest
    @CsvSource({
        "a/+, out/{2}, has 1 times +",
        "a/+, out/{0}, stands for nothing",
        "a/+, out/{x}, stands for nothing",
        "a/+, out/{#}, has no #",
        "a/#, out/x{#}, has a wildcard",
        "a/+, out/+, has a wildcard",
        "a/+, out/{1, has a brace",
    })
    void what_makes_no_topic_is_refused_with_the_reason(String filter, String text, String reason) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TopicTemplate.of(text, TopicPattern.of(filter)))
                .withMessageContaining(reason);
    }

    @ParameterizedTest
    @CsvSource({
        "s/+/raw, s/{1}/small, s/+/raw, false",
        "s/+/raw, s/{1}/raw, s/+/raw, true",
        "s/+/raw, s/x{1}/raw, s/+/raw, true",
        "s/+/raw, s/raw-{1}, s/raw, false",
        "s/+/raw, {1}/x, p2pfaas/#, true",
        "s/+/raw, x-{1}/x, p2pfaas/#, false",
        "s/#, t/{#}, s/#, false",
        "s/#, s/{#}, s/#, true",
        "s/+, t, t/#, true",
        "s/#, t/{#}, t, true",
    })
    void whether_an_output_can_be_an_input_is_known_beforehand(
            String filter, String text, String target, boolean possible) {
        assertThat(TopicTemplate.of(text, TopicPattern.of(filter)).mayMatch(TopicPattern.of(target)))
                .isEqualTo(possible);
    }

    @Test
    void a_level_of_many_places_is_compared_to_the_end() {
        TopicTemplate template = TopicTemplate.of("{1}a".repeat(60) + "{1}b", TopicPattern.of("+"));

        assertThat(template.mayMatch(TopicPattern.of("a".repeat(400)))).isFalse();
        assertThat(template.mayMatch(TopicPattern.of("a".repeat(400) + "b"))).isTrue();
        assertThat(template.mayMatch(TopicPattern.of("ab"))).isFalse();
    }
}
