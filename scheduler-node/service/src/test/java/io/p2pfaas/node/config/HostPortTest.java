package io.p2pfaas.node.config;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class HostPortTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "127.0.0.1:0",
                "edge-1.plant.example:18080",
                "a:1",
                "my_host:65535",
                "[::1]:18080",
                "[fe80::1%eth0]:1"
            })
    void an_address_is_written_as_it_was_read(String text) {
        assertThat(HostPort.parse(text)).hasToString(text);
    }
}
