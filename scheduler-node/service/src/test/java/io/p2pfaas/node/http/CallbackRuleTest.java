package io.p2pfaas.node.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class CallbackRuleTest {
    private static final CallbackRule RULE = CallbackRule.of(
            List.of("https://allowed.example.com/hooks", "http://127.0.0.1:9000", "http://[::1]:9000/in/"));

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://allowed.example.com/hooks",
                "https://allowed.example.com/hooks/",
                "https://allowed.example.com/hooks/a?b=c&d=../e",
                "https://ALLOWED.example.com:443/hooks/a",
                "HTTPS://allowed.example.com/hooks/a",
                "http://127.0.0.1:9000",
                "http://127.0.0.1:9000/",
                "http://127.0.0.1:9000/any/thing",
                "http://[::1]:9000/in/x",
            })
    void what_begins_as_allowed_is_called_back(String url) {
        assertThat(RULE.allows(url)).isPresent();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "x",
                "/hooks/a",
                "//allowed.example.com/hooks/a",
                "http://allowed.example.com/hooks/a",
                "https://allowed.example.com/",
                "https://allowed.example.com/hooksandmore",
                "https://allowed.example.com:8443/hooks/a",
                "https://allowed.example.com.evil/hooks/a",
                "https://allowed.example.com.evil.org/hooks/a",
                "https://allowed.example.com@evil.org/hooks/a",
                "https://user@allowed.example.com/hooks/a",
                "https://evil.org/https://allowed.example.com/hooks/a",
                "https://evil.org#@allowed.example.com/hooks/a",
                "https://evil.org\\@allowed.example.com/hooks/a",
                "https://allowed.example.com\\.evil.org/hooks/a",
                "https://allowed.example.com/hooks/../admin",
                "https://allowed.example.com/hooks/./a",
                "https://allowed.example.com/hooks/..;x/admin",
                "https://allowed.example.com/hooks/%2e%2e/admin",
                "https://allowed.example.com/hooks/%2E./admin",
                "https://allowed.example.com/hooks%2f..%2fadmin",
                "https://allowed.example.com/hooks/%252e%252e/admin",
                "https://allowed.example.com/hooks/a%00b",
                "https://allowed.example.com/hooks/a#b",
                "https://allowed.example.com/hooks/a b",
                "https://allowed.example.com/hooks/a\r\nX: y",
                "https://allowed.example.com\u3002evil.org/hooks/a",
                "file:///hooks/a",
                "ftp://allowed.example.com/hooks/a",
                "javascript:alert(1)",
                "http://127.0.0.1/",
                "http://127.0.0.1:90000/",
                "http://127.0.0.1:9000@evil.org/",
                "http://127.1:9000/",
                "http://2130706433:9000/",
                "http://localhost:9000/",
                "http://[::1]:9000/",
                "http://[::1]:9000/int",
                "http://[::ffff:127.0.0.1]:9000/",
            })
    void nothing_else_is(String url) {
        assertThat(RULE.allows(url)).isEmpty();
    }

    @Test
    void a_url_has_at_most_2048_characters() {
        assertThat(RULE.allows("http://127.0.0.1:9000/" + "x".repeat(2026))).isPresent();
        assertThat(RULE.allows("http://127.0.0.1:9000/" + "x".repeat(2027))).isEmpty();
    }

    @Test
    void without_the_setting_nobody_is_called_back() {
        assertThat(CallbackRule.of(List.of()).allows("http://127.0.0.1:9000/")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "*",
                "example.com",
                "https://",
                "https://u@example.com/",
                "https://example.com/?a",
                "ftp://a/",
                "https://a/../b"
            })
    void a_setting_that_is_no_beginning_of_a_url_is_refused_by_name(String beginning) {
        assertThatThrownBy(() -> CallbackRule.of(List.of(beginning)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("async.callbacks has \"" + beginning + "\"");
    }
}
