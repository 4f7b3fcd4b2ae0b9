package io.p2pfaas.node.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ManagementGateTest {
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
}
