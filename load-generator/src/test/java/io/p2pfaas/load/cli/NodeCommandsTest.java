package io.p2pfaas.load.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

/** Arguments of {@code top} and {@code service-rate} that must not ask any node. */
final class NodeCommandsTest {
    private final StringWriter errors = new StringWriter();

    @ParameterizedTest
    @CsvSource({
        "top, --broker is needed",
        "top http://127.0.0.1:1 --broker mqtt://127.0.0.1:1, not both",
        "top ftp://127.0.0.1:1, not the address of a node",
        "top --broker http://127.0.0.1:1, not a broker",
        "top http://127.0.0.1:1 --interval 0s, --interval must be above 0",
        "top http://127.0.0.1:1 --sort colour, --sort",
        "service-rate, URL",
        "service-rate 127.0.0.1, not the address of a function",
        "service-rate http://127.0.0.1:1/function/f --calls 0, --calls must be 1 to 1000000: 0",
        "service-rate http://127.0.0.1:1/function/f --callers 0, --callers must be 1 to 1000: 0",
        "service-rate http://127.0.0.1:1/function/f --body-bytes -1, --body-bytes must be 0 to",
    })
    void bad_usage_is_exit_code_2_with_a_reason(String command, String reason) {
        CommandLine lab = Lab.commandLine();
        int exit = lab.setOut(new PrintWriter(errors, true))
                .setErr(new PrintWriter(errors, true))
                .execute(command.split(" "));
        assertThat(exit).as(errors.toString()).isEqualTo(2);
        assertThat(errors.toString()).contains(reason);
    }
}
