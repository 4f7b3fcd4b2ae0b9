package io.p2pfaas.node.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.p2pfaas.core.model.FunctionName;
import io.p2pfaas.node.function.LogQuery;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class LogPageTest {
    @Test
    void faas_clis_query_is_read() {
        assertThat(
                        LogPage.query(
                                "follow=true&instance=f-1&name=f&namespace=openfaas-fn&since=2026-01-31T12%3A00%3A00%2B01%3A00&tail=5"))
                .isEqualTo(new LogQuery(
                        new FunctionName("f"),
                        Optional.of("f-1"),
                        OptionalInt.of(5),
                        Optional.of(Instant.parse("2026-01-31T11:00:00Z")),
                        true));
    }

    @Test
    void all_lines_without_following_are_meant_if_nothing_else_is_said() {
        LogQuery all =
                new LogQuery(new FunctionName("f"), Optional.empty(), OptionalInt.empty(), Optional.empty(), false);
        assertThat(LogPage.query("name=f")).isEqualTo(all);
        assertThat(LogPage.query("name=f.openfaas-fn&namespace=&since=&tail=-1&follow=0&instance=&more=1"))
                .isEqualTo(all);
    }

    @ParameterizedTest
    @CsvSource({
        "2026-01-31T12:00:00Z, 2026-01-31T12:00:00Z",
        "2026-01-31t12:00:00z, 2026-01-31T12:00:00Z",
        "2026-01-31T12:00:00.5Z, 2026-01-31T12:00:00.500Z",
        "2026-01-31T12:00:00.123456789Z, 2026-01-31T12:00:00.123456789Z",
        "2026-01-31T12:00:00%2B05:30, 2026-01-31T06:30:00Z",
        "2026-01-31T12:00:00-01:00, 2026-01-31T13:00:00Z",
    })
    void a_time_is_rfc_3339(String since, String instant) {
        assertThat(LogPage.query("name=f&since=" + since).since()).contains(Instant.parse(instant));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1h",
                "now",
                "2026-01-31",
                "2026-01-31T12:00Z",
                "2026-01-31T12:00:00",
                "2026-02-30T12:00:00Z",
                "2026-01-31T25:00:00Z",
                "2026-01-31T12:00:00+01:00",
                "2026-01-31T12:00:00.Z",
                "1769860800",
            })
    void another_time_is_refused_with_an_example(String since) {
        assertThatThrownBy(() -> LogPage.query("name=f&since=" + since))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("since is \"" + since.replace('+', ' ') + "\"")
                .hasMessageContaining("2026-01-31T12:00:00Z");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "tail=x|tail is \"x\"",
                "tail=-2|tail is \"-2\"",
                "tail=1.5|tail is \"1.5\"",
                "tail=99999999999|tail is \"99999999999\"",
                "follow=yes|follow is \"yes\"",
                "instance=%zz|the query has a %",
            })
    void another_parameter_is_refused_by_name(String parameter, String message) {
        assertThatThrownBy(() -> LogPage.query("name=f&" + parameter))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(message);
    }

    @Test
    void a_name_must_be_given() {
        assertThatThrownBy(() -> LogPage.query(""))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("name is missing");
    }

    @Test
    void another_namespace_is_not_offered() {
        assertThatThrownBy(() -> LogPage.query("name=f&namespace=other"))
                .isInstanceOfSatisfying(
                        RequestRefused.class,
                        refused -> assertThat(refused.refusal().status()).isEqualTo(501));
    }
}
