package io.p2pfaas.load.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** Arguments that must not start a run. */
final class QuickTest {
    private final StringWriter errors = new StringWriter();

    private int lab(String... args) {
        CommandLine lab = Lab.commandLine();
        return lab.setOut(new PrintWriter(errors, true))
                .setErr(new PrintWriter(errors, true))
                .execute(args);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--rate 0",
                "--rate many",
                "--duration 10",
                "--duration 0s",
                "--warmup -1s",
                "--timeout 0s",
                "--arrivals bursty",
                "--max-in-flight 0",
                "--body-bytes -1",
                "--body-bytes 1 --body x",
                "--body-file /does/not/exist",
                "--header nonsense",
                "--url ftp://127.0.0.1/",
                "--rate 1000000 --duration 1h",
                "--unknown",
            })
    void bad_usage_is_exit_code_2_with_a_reason(String bad) {
        List<String> args = new ArrayList<>(List.of("quick"));
        args.addAll(List.of(bad.split(" ")));
        if (!bad.contains("--url")) {
            args.addAll(List.of("--url", "http://127.0.0.1:1/"));
        }
        if (!bad.contains("--rate")) {
            args.addAll(List.of("--rate", "10"));
        }
        if (!bad.contains("--duration")) {
            args.addAll(List.of("--duration", "1s"));
        }
        assertThat(lab(args.toArray(String[]::new))).as(errors.toString()).isEqualTo(2);
        assertThat(errors.toString()).isNotBlank();
    }

    @Test
    void a_missing_url_or_command_is_bad_usage() {
        assertThat(lab("quick", "--rate", "1", "--duration", "1s")).isEqualTo(2);
        assertThat(errors.toString()).contains("--url");
        assertThat(lab()).isEqualTo(2);
    }

    @Test
    void help_is_not_an_error() {
        assertThat(lab("quick", "--help")).isZero();
        assertThat(errors.toString()).contains("--max-in-flight", "Ctrl-C");
    }

    @Test
    void durations_need_a_unit() {
        DurationText text = new DurationText();
        assertThat(text.convert("1.5s")).isEqualTo(Duration.ofMillis(1500));
        assertThat(text.convert("250us")).isEqualTo(Duration.ofNanos(250_000));
        assertThat(text.convert("2m")).isEqualTo(Duration.ofMinutes(2));
        assertThat(text.convert("1h")).isEqualTo(Duration.ofHours(1));
        assertThatThrownBy(() -> text.convert("10")).hasMessageContaining("for example 10s");
    }
}
