package io.p2pfaas.node.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ExecSpecTest {
    @Test
    void a_program_has_arguments_and_a_content_type() {
        ExecSpec spec = ExecSpec.parse("exec:/bin/sh?arg=-c&arg=echo+a%26b&type=text/plain");

        assertThat(spec.command()).containsExactly("/bin/sh", "-c", "echo a&b");
        assertThat(spec.contentType()).contains("text/plain");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "exec:",
                "exec:cat",
                "exec:/no/such/program",
                "exec:/bin",
                "exec:/etc/passwd",
                "exec:/bin/sh?args=-c",
                "exec:/bin/sh?arg=%00",
                "exec:/bin/sh?arg=%zz"
            })
    void what_cannot_be_run_is_refused_by_name(String text) {
        assertThatThrownBy(() -> ExecSpec.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(text);
    }
}
