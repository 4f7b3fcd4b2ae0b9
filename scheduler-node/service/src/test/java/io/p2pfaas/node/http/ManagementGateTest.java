package io.p2pfaas.node.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ManagementGateTest {
    private static final Credentials ADMIN = new Credentials("admin", "gr\u00fcn:1");

    private static String basic(String text, Charset charset) {
        return "Basic " + Base64.getEncoder().encodeToString(text.getBytes(charset));
    }

    @Test
    void user_and_password_let_in() {
        String given = basic("admin:gr\u00fcn:1", StandardCharsets.UTF_8);
        assertThat(ManagementGate.knows(ADMIN, given)).isTrue();
        assertThat(ManagementGate.knows(ADMIN, given.replace("Basic", "basic"))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ":",
                "admin",
                "admin:",
                ":gr\u00fcn:1",
                "Admin:gr\u00fcn:1",
                "admin:gr\u00fcn:1 ",
                "admin:gr\u00fcn",
                "admin:gr\u00fcn:2"
            })
    void nothing_else_does(String text) {
        assertThat(ManagementGate.knows(ADMIN, basic(text, StandardCharsets.UTF_8)))
                .isFalse();
    }

    @Test
    void nonsense_is_nobodys_password() {
        assertThat(ManagementGate.knows(ADMIN, null)).isFalse();
        assertThat(ManagementGate.knows(ADMIN, "")).isFalse();
        assertThat(ManagementGate.knows(ADMIN, "Basic")).isFalse();
        assertThat(ManagementGate.knows(ADMIN, "Basic ***")).isFalse();
        assertThat(ManagementGate.knows(ADMIN, "Bearer YWRtaW46eA==")).isFalse();
        assertThat(ManagementGate.knows(ADMIN, basic("admin:gr\u00fcn:1", StandardCharsets.ISO_8859_1)))
                .isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "-, node:18080, true",
                "http://node:18080, node:18080, true",
                "https://node, node, true",
                "http://node:18081, node:18080, false",
                "http://node:18080.evil.org, node:18080, false",
                "http://evil.org, node:18080, false",
                "null, node:18080, false",
                "http://node:18080, -, false",
            })
    void a_change_must_come_from_the_nodes_own_site(String origin, String host, boolean same) {
        assertThat(ManagementGate.isSameSite(origin, host)).isEqualTo(same);
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "-, true",
                "localhost, true",
                "LOCALHOST:18080, true",
                "127.0.0.11:18080, true",
                "[::1]:18080, true",
                "evil.org, false",
                "evil.org:18080, false",
                "localhost.evil.org, false",
                "127.0.0.1.evil.org:80, false",
                "[::1].evil.org, false",
            })
    void a_name_that_anybody_can_let_point_here_is_not_this_machine(String host, boolean own) {
        assertThat(ManagementGate.isOwnHost(host)).isEqualTo(own);
    }

    @Test
    void credentials_that_protect_nothing_are_refused() {
        assertThatThrownBy(() -> new Credentials("", "x")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Credentials("a:b", "x")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Credentials("a", "")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void a_password_is_not_printed() {
        assertThat(ADMIN.toString()).doesNotContain("gr");
    }
}
