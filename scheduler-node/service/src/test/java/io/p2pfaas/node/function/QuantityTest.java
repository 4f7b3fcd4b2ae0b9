package io.p2pfaas.node.function;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class QuantityTest {
    @ParameterizedTest
    @CsvSource({
        "128Mi, 134217728",
        "128m, 134217728",
        "128M, 128000000",
        "1Gi, 1073741824",
        "1g, 1073741824",
        "1.5Gi, 1610612736",
        "6Mi, 6291456",
        "16384Ki, 16777216",
        "134217728, 134217728",
        "134217728b, 134217728",
        "7000K, 7000000",
        "7000k, 7168000",
    })
    void memory_is_read_as_kubernetes_and_docker_write_it(String text, long bytes) {
        assertThat(Quantity.memory("limits.memory", text)).isEqualTo(bytes);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "5Mi",
                "1m",
                "-1Gi",
                "1e9",
                "128 Mi",
                "128mi",
                "128MiB",
                "0",
                "99999999Gi",
                "1Ti",
                "Mi",
                ".5Gi"
            })
    void other_memory_is_refused_with_field_value_and_what_is_allowed(String text) {
        assertThatThrownBy(() -> Quantity.memory("limits.memory", text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("limits.memory is \"" + text + "\"")
                .hasMessageContaining("at least 6Mi");
    }

    @ParameterizedTest
    @CsvSource({"100m, 100000000", "0.5, 500000000", "2, 2000000000", "10m, 10000000", "1500m, 1500000000"})
    void processors_are_read_as_kubernetes_and_docker_write_them(String text, long nanos) {
        assertThat(Quantity.cpu("limits.cpu", text)).isEqualTo(nanos);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "0", "9m", "0.001", "-1", "1k", "1,5", "1e3", "2000", "half"})
    void other_processors_are_refused_with_field_value_and_what_is_allowed(String text) {
        assertThatThrownBy(() -> Quantity.cpu("limits.cpu", text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("limits.cpu is \"" + text + "\"")
                .hasMessageContaining("at least 10m");
    }
}
