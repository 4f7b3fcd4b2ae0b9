package io.p2pfaas.node.call;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class EndToEndTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "Connection",
                "KEEP-ALIVE",
                "transfer-encoding",
                "TE",
                "Trailer",
                "Upgrade",
                "Proxy-Authorization",
                "Proxy-Connection",
                "proxy-authenticate",
                "Proxy",
                "Content-Length",
                "Host",
                "Expect"
            })
    void fields_about_one_connection_stay_behind(String name) {
        assertThat(EndToEnd.besides(null).carries(name, "x")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Content-Type",
                "Set-Cookie",
                "X-Forwarded-Proto",
                "Te2",
                "Hosts",
                "Proximity-1",
                "ETag",
                "X-Trailers"
            })
    void all_others_travel_on(String name) {
        assertThat(EndToEnd.besides(null).carries(name, "x")).isTrue();
    }

    @Test
    void fields_named_by_connection_stay_behind() {
        Headers kept = EndToEnd.of(Headers.of(
                "Connection",
                "keep-alive, X-Secret",
                "x-secret",
                "1",
                "connection",
                " X-Other ",
                "X-Other",
                "2",
                "X-Plain",
                "3"));

        assertThat(kept).hasToString("[X-Plain, 3]");
    }

    @Test
    void several_fields_of_one_name_are_kept_in_order() {
        assertThat(EndToEnd.of(Headers.of("Set-Cookie", "a=1", "A", "b", "set-cookie", "c=2")))
                .hasToString("[Set-Cookie, a=1, A, b, set-cookie, c=2]");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"a\r\nX-Injected: 1", "a\nb", "nul\0", "\u010a looks like a line break in one byte", "del\u007f"
            })
    void a_value_that_could_become_another_field_is_left_out(String value) {
        assertThat(EndToEnd.besides(null).carries("X-Name", value)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "X Name", "X:Name", "X-N\u00e4me", "X\r\nY"})
    void a_name_that_is_no_token_is_left_out(String name) {
        assertThat(EndToEnd.besides(null).carries(name, "x")).isFalse();
    }

    @Test
    void tabs_and_bytes_beyond_ascii_are_carried() {
        assertThat(EndToEnd.besides(null).carries("X-Name", "a\tb\u00e9\u00ff")).isTrue();
    }
}
