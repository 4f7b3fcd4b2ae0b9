package io.p2pfaas.node.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.p2pfaas.node.call.TopicMapping;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class DeviceReaderTest {
    @TempDir
    private Path folder = Path.of(".");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "function=f | topic is missing",
                "topic=a/+ | function is missing",
                "topic=a/+ function=f tto=x | 'tto' is none of the keys topic, function, to, errors, retain",
                "a/+ -> f | 'a/+ -> f' is none of the keys",
                "topic=a/+ function=f topic=b | topic is given a second time",
                "topic=$SYS/# function=f | it begins with $",
                "topic=a/b# function=f | a wildcard must be a whole level",
                "topic=p2pfaas/v1/fn/+ function=f | reaches the topics below broker.root = p2pfaas",
                "topic=# function=f | reaches the topics below broker.root = p2pfaas",
                "topic=a/+ function=f to=p2pfaas/v1/fn/{1} | p2pfaas/v1/fn/{1} reaches the topics below broker.root",
                "topic=a/+/c function=f to={1}/x | {1}/x reaches the topics below broker.root",
                "topic=a/+ function=f errors=$SYS/x | errors: it begins with $",
                "topic=a/+ function=f to=b/{2} | to: {2} stands for nothing: a/+ has 1 times +",
                "topic=a/+ function=a:b | function: ",
                "topic=a/+ function=f to=a/b | a loop: what is published to a/b may match a/+ and be a call again",
                "topic=a/+ function=f errors=a/{1} | a loop",
                "topic=a/+ function=f to=b retain=yes | retain: neither true nor false",
                "topic=a/+ function=f retain=true | retain is of no use without to",
            })
    void a_wrong_mapping_is_refused_with_key_value_reason_and_an_example(String mapping, String reason) {
        assertThat(Loading.problem(Loading.flag("mappings", mapping)))
                .startsWith("mappings (flag --mapping): found '" + mapping + "': ")
                .contains(reason)
                .contains("for example topic=sensors/+/raw function=resize");
    }

    @Test
    void mappings_that_call_each_other_or_share_a_topic_are_refused() {
        assertThat(Loading.problem(
                        Loading.flag("mappings", "topic=a/+ function=f to=b/{1}", "topic=b/# function=g to=c/{#}")))
                .contains("a loop: what is published to b/{1} may match b/#");
        assertThat(Loading.problem(Loading.flag("mappings", "topic=a/+ function=f", "topic=a/b function=g")))
                .contains("a topic may match it and a/+ too");
    }

    @Test
    void a_file_may_have_a_mapping_as_a_map_or_in_one_line() throws IOException {
        List<TopicMapping> both =
                Loading.settings(Loading.file(folder, """
                        mappings:
                          - topic: my sensors/+/raw
                            function: f
                            errors: bad
                          - topic=x/# function=g to=y/{#} retain=true
                        """)).devices().mappings();

        assertThat(both).extracting(mapping -> mapping.topic().toString()).containsExactly("my sensors/+/raw", "x/#");
        assertThat(both.get(0).errors()).hasToString("Optional[bad]");
        assertThat(both.get(1).retain()).isTrue();
    }

    @Test
    void an_unknown_key_of_a_mapping_and_a_list_as_value_are_refused_at_their_place() throws IOException {
        assertThat(Loading.problem(Loading.file(folder, "mappings: [{topic: a, function: f, out: b}]")))
                .contains("mappings.out", "line 1", "unknown key", "topic, function, to, errors, retain");
        assertThat(Loading.problem(Loading.file(folder, "mappings: [{topic: [a], function: f}]")))
                .contains("mappings", "found a list");
    }

    @Test
    void several_mappings_have_commas_or_line_ends_in_the_environment() {
        assertThat(Loading.settings(Loading.environment(
                                Map.of("P2PFAAS_MAPPINGS", "topic=a function=f, topic=b function=g")))
                        .devices()
                        .mappings())
                .hasSize(2);
    }

    @ParameterizedTest
    @CsvSource({"5", "0/s", "1000001/s", "5/w", "-1/s", "1.5/s"})
    void a_pace_that_is_none_is_refused(String pace) {
        assertThat(Loading.problem(Loading.flag("device.rate", pace)))
                .startsWith("device.rate (flag --device-rate): found '" + pace + "'")
                .contains("one of the units s, m, h, d");
    }

    @Test
    void the_burst_is_the_number_of_the_rate_if_none_is_given_and_needs_a_rate() {
        assertThat(Loading.settings(Loading.flag("device.rate", "30/m"))
                        .devices()
                        .limit()
                        .burst())
                .isEqualTo(30);
        assertThat(Loading.problem(Loading.flag("device.burst", "3"))).contains("no use without device.rate");
    }
}
