package io.p2pfaas.load.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.p2pfaas.load.campaign.ResultFolder;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** kill -9 in the middle of an experiment, and what another lab makes of what is left. */
final class KillIT {
    private static final String TEXT = """
            cluster: {launch: 1}
            function: {service: {law: exponential, mean: 100ms}}
            grid: {scheduler: [NoScheduler, BrokerMatch], rho: [0.9, 1.0]}
            run: {repetitions: 3}
            """;
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(60);

    @TempDir
    private Path dir;

    private int lab(StringWriter out, String... args) {
        CommandLine lab = Lab.commandLine(new FakeWorlds());
        return lab.setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(out, true))
                .execute(args);
    }

    private static int lines(Path file) throws IOException {
        return Files.exists(file) ? Files.readAllLines(file).size() : 0;
    }

    @Test
    void a_killed_experiment_is_readable_and_can_be_finished() throws Exception {
        Path file = Files.writeString(dir.resolve("exp.yaml"), TEXT);
        Path killed = dir.resolve("killed");
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        LabToKill.class.getName(),
                        "run",
                        file.toString(),
                        "--simulate",
                        "--calls",
                        "--threads",
                        "1",
                        "--out",
                        killed.toString())
                .redirectErrorStream(true)
                .redirectOutput(dir.resolve("log").toFile())
                .start();
        try {
            // The fifth run is the second repetition of the first point; its calls are told, its end never comes.
            Path calls = killed.resolve("calls/point-1-repetition-2.csv");
            long deadline = System.nanoTime() + PATIENCE_NANOS;
            while (lines(killed.resolve("runs.jsonl")) < 4 || lines(calls) < 1 + 1_000) {
                assertThat(System.nanoTime() - deadline).as("nanoseconds left").isNegative();
                assertThat(process.waitFor(50, TimeUnit.MILLISECONDS))
                        .as("ended: " + Files.readString(dir.resolve("log")))
                        .isFalse();
            }
        } finally {
            process.destroyForcibly().waitFor();
        }

        assertThat(ResultFolder.runs(killed)).hasSize(4);
        StringWriter out = new StringWriter();
        assertThat(lab(out, "run", file.toString(), "--simulate", "--resume", "--out", killed.toString()))
                .as(out.toString())
                .isZero();
        assertThat(out.toString()).contains("run 8 of 8").doesNotContain("run 9");
        Path undisturbed = dir.resolve("undisturbed");
        assertThat(lab(out, "run", file.toString(), "--simulate", "--out", undisturbed.toString()))
                .isZero();
        List<String> expected = Files.readAllLines(undisturbed.resolve("runs.jsonl"));
        assertThat(Files.readAllLines(killed.resolve("runs.jsonl"))).containsExactlyInAnyOrderElementsOf(expected);
    }
}
