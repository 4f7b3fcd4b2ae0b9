package io.p2pfaas.load.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.p2pfaas.load.arrivals.Deterministic;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class PlanTest {
    private static Plan plan(String... urls) {
        return new Plan(
                List.of(urls).stream().map(URI::create).toList(),
                new CallTemplate(List.of(), new byte[0]),
                new Deterministic(10),
                Duration.ofSeconds(1),
                Duration.ofSeconds(2),
                Duration.ofSeconds(30),
                1,
                4);
    }

    @Test
    void calls_are_dealt_round_robin() {
        Plan plan = plan("http://a/", "http://b/");
        assertThat(plan.targetOf(0)).hasHost("a");
        assertThat(plan.targetOf(1)).hasHost("b");
        assertThat(plan.targetOf(2)).hasHost("a");
    }

    @Test
    void the_schedule_covers_warm_up_and_measurement() {
        assertThat(plan("http://a/").schedule().size()).isEqualTo(30);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ftp://a/", "a/b", "http:///x", "mailto:a", "http://user:secret@a/"})
    void what_is_not_an_http_url_is_refused(String url) {
        assertThatThrownBy(() -> plan(url)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void a_run_without_urls_is_refused() {
        assertThatThrownBy(() -> plan()).hasMessageContaining("at least one url");
    }

    @Test
    void a_body_cannot_be_changed_from_outside() {
        byte[] body = {1};
        CallTemplate call = new CallTemplate(List.of(), body);
        body[0] = 2;
        call.body()[0] = 3;
        assertThat(call.body()).containsExactly(1);
        assertThat(call.bodyBytes()).isEqualTo(1);
    }

    @Test
    void a_header_line_is_read() {
        assertThat(HeaderField.parse("X-A:  b: c ")).isEqualTo(new HeaderField("X-A", "b: c"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"no colon", ": x", "a b: c", "A: b\r\nC: d", "Content-Length: 3", "connection: close"})
    void a_header_that_would_break_the_request_is_refused(String line) {
        assertThatThrownBy(() -> HeaderField.parse(line)).isInstanceOf(IllegalArgumentException.class);
    }
}
