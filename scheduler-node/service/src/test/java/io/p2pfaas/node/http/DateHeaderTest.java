package io.p2pfaas.node.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.undertow.util.HeaderMap;
import io.undertow.util.Headers;
import java.time.Instant;
import org.junit.jupiter.api.Test;

final class DateHeaderTest {
    private Instant now = Instant.parse("2026-02-03T04:05:06.999Z");
    private final DateHeader dates = new DateHeader(exchange -> {}, () -> now);

    private String stamped(HeaderMap answer) {
        dates.stamp(answer);
        return String.join(" and ", answer.get(Headers.DATE));
    }

    @Test
    void an_answer_has_the_date_as_http_writes_it() {
        assertThat(stamped(new HeaderMap())).isEqualTo("Tue, 03 Feb 2026 04:05:06 GMT");
    }

    @Test
    void the_date_goes_with_the_clock_in_both_directions() {
        String first = stamped(new HeaderMap());
        now = now.plusMillis(1);
        assertThat(stamped(new HeaderMap())).isEqualTo("Tue, 03 Feb 2026 04:05:07 GMT");
        now = now.minusMillis(1);

        assertThat(stamped(new HeaderMap())).isEqualTo(first);
    }

    @Test
    void the_date_that_a_function_gave_stays() {
        HeaderMap answer = new HeaderMap().put(Headers.DATE, "Sun, 06 Nov 1994 08:49:37 GMT");

        assertThat(stamped(answer)).isEqualTo("Sun, 06 Nov 1994 08:49:37 GMT");
    }
}
