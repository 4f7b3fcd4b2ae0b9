package io.p2pfaas.load.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.p2pfaas.load.plan.ExperimentFile;
import io.p2pfaas.load.plan.Point;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

/** run, sweep, check and plan, from arguments to exit code. */
final class CampaignCommandsTest {
    private static final String TEXT = """
            name: losses
            cluster: {launch: 8, slots: 4, queue: 0}
            function: {service: {law: exponential, mean: 100ms}}
            grid: {scheduler: [NoScheduler, BrokerMatch], rho: [0.9, 1.0]}
            run: {warmup: 1s, duration: 9s, repetitions: 2}
            gates: ['pB <= 0.2 where scheduler=BrokerMatch']
            """;

    @TempDir
    private Path dir;

    private final StringWriter out = new StringWriter();
    private Path file;

    @BeforeEach
    void writeExperiment() throws IOException {
        file = Files.writeString(dir.resolve("exp.yaml"), TEXT);
    }

    private int lab(Object... args) {
        out.getBuffer().setLength(0);
        CommandLine lab = Lab.commandLine(new FakeWorlds());
        String[] texts = List.of(args).stream().map(Object::toString).toArray(String[]::new);
        return lab.setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(out, true))
                .execute(texts);
    }

    @Test
    void a_run_prints_a_line_for_each_point_and_keeps_the_results() throws IOException {
        int exit = lab("run", file, "--simulate", "--out", dir.resolve("r"), "--threads", 2);

        assertThat(exit).as(out.toString()).isZero();
        assertThat(out.toString())
                .containsPattern(
                        "scheduler +rho +reps +pB +\\+- +theory +pooled +pE +mean ms +p50 ms +p99 ms +packets/call +failed")
                .containsPattern("NoScheduler +0.9 +2 +0.\\d{4} +0.\\d{4} +0.2707 +0.0780 +0.0000 +\\d\\d.\\d")
                .containsPattern("BrokerMatch +0.9 +2 +0.\\d{4} +0.\\d{4} +- +0.0780")
                .contains("run 8 of 8  ETA 0s", "gate PASS  pB <= 0.2", "results in " + dir.resolve("r"));
        assertThat(Files.readAllLines(dir.resolve("r/runs.jsonl"))).hasSize(8);
        assertThat(Files.readString(dir.resolve("r/provenance.json"))).contains("\"--simulate\"");
        assertThat(dir.resolve("r/calls")).doesNotExist();
    }

    @Test
    void a_gate_that_does_not_hold_is_exit_code_1() throws IOException {
        Files.writeString(file, TEXT.replace("0.2 where scheduler=BrokerMatch", "0.2"));

        assertThat(lab("run", file, "--simulate", "--out", dir.resolve("r"))).isEqualTo(1);
        assertThat(out.toString()).contains("gate FAIL  pB <= 0.2");
    }

    @Test
    void a_part_can_be_run_first_and_the_rest_later() throws IOException {
        assertThat(lab("run", file, "--simulate", "--out", dir.resolve("r"), "--only", "rho=1,scheduler=BrokerMatch"))
                .isZero();
        assertThat(Files.readAllLines(dir.resolve("r/runs.jsonl"))).hasSize(2);

        assertThat(lab("run", file, "--simulate", "--out", dir.resolve("r"))).isEqualTo(2);
        assertThat(out.toString()).contains("--resume goes on with them");
        assertThat(lab("run", file, "--simulate", "--out", dir.resolve("r"), "--resume", "--calls"))
                .as(out.toString())
                .isZero();
        assertThat(Files.readAllLines(dir.resolve("r/runs.jsonl"))).hasSize(8);
        try (var calls = Files.list(dir.resolve("r/calls"))) {
            assertThat(calls).hasSize(6 + 1);
        }
    }

    @Test
    void results_that_cannot_be_read_are_exit_code_1_with_a_reason() throws IOException {
        lab("run", file, "--simulate", "--out", dir.resolve("r"));
        Files.writeString(dir.resolve("r/runs.jsonl"), "nonsense\n");

        assertThat(lab("run", file, "--simulate", "--out", dir.resolve("r"), "--resume"))
                .isEqualTo(1);
        assertThat(out.toString())
                .contains("runs.jsonl, line 1: not a run result")
                .doesNotContain("\tat ");
    }

    @Test
    void a_sweep_runs_what_was_set_and_says_so_in_its_folder() throws Exception {
        int exit = lab(
                "sweep",
                file,
                "--set",
                "rho=0.9",
                "--set",
                "scheduler=BrokerMatch,PowerOfNScheduler(1,3,true,1)",
                "--set",
                "run.repetitions=3",
                "--simulate",
                "--out",
                dir.resolve("r"));

        assertThat(exit).as(out.toString()).isZero();
        assertThat(Files.readAllLines(dir.resolve("r/runs.jsonl"))).hasSize(2 * 3);
        assertThat(ExperimentFile.read(dir.resolve("r/experiment.yaml"))
                        .experiment()
                        .grid()
                        .points())
                .extracting(Point::toString)
                .containsExactly("scheduler=BrokerMatch rho=0.9", "scheduler=PowerOfNScheduler(1,3,true,1) rho=0.9");
        assertThat(out.toString()).containsPattern("PowerOfNScheduler\\(1,3,true,1\\) +0.9 +3");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            run missing.yaml                                     | there is no such file
            run                                                  | EXP.yaml
            run EXP --simulate --only rho=0.7                    | it has 0.9, 1.0
            run EXP --simulate --only rho                        | AXIS=VALUE
            run EXP --simulate --threads 0                       | at least 1
            run EXP --threads 2                                  | live runs would disturb each other
            run EXP --node-jar none.jar                          | there is no node at none.jar
            sweep EXP                                            | --set
            sweep EXP --set rho --simulate                       | no = found
            sweep EXP --set rho=-1 --simulate                    | --set rho=-1: grid.rho: found '-1': too small
            sweep EXP --set delay=1ms                            | a live run cannot vary it
            sweep EXP --set cluster.speeds=2                     | cluster.speeds are simulated only
            sweep EXP --set function.cold-start=1s               | cold-start is simulated only
            check                                                | which experiment
            check missing.yaml                                   | there is no such file
            plan EXP --point 5                                   | from 1 to 4
            plan EXP --repetition 0                              | at least 1
            plan EXP --frob                                      | Unknown option
            """)
    void bad_usage_is_exit_code_2_with_a_reason(String line, String reason) {
        Object[] args =
                List.of(line.replace("EXP", file.toString()).split(" +")).toArray();

        assertThat(lab(args)).as(out.toString()).isEqualTo(2);
        assertThat(out.toString()).contains(reason);
    }

    @Test
    void check_says_what_would_run_or_all_that_is_wrong() throws IOException {
        assertThat(lab("check", file)).isZero();
        assertThat(out.toString())
                .isEqualTo(String.format("ok: losses runs 4 points, each 2 times; gates: 1, faults: 0%n"));

        Files.writeString(file, TEXT.replace("queue: 0", "queue: many, solts: 3"));
        assertThat(lab("check", file)).isEqualTo(2);
        assertThat(out.toString())
                .contains(
                        "has 2 problems:",
                        "line 2, column 39: cluster.queue",
                        "line 2, column 45: cluster.solts: unknown key; did you mean slots?")
                .as("the problems stand alone, not above the command's options")
                .doesNotContain("Usage");
        assertThat(lab("check", "--gates")).isZero();
        assertThat(out.toString()).contains("send-lag-p99", "offered-error");
    }

    @Test
    void a_plan_shows_points_time_and_arrivals() throws IOException {
        Path csv = dir.resolve("arrivals.csv");
        assertThat(lab("plan", file, "--arrivals", csv, "--point", 3)).isZero();

        assertThat(out.toString())
                .containsPattern("2 +NoScheduler +1.0 +8 +320.0 +2880")
                .contains("8 runs of 10s: 0:01 h live", "scheduler=BrokerMatch rho=0.9");
        List<String> lines = Files.readAllLines(csv);
        assertThat(lines.size()).isBetween(2_600, 3_160);
        assertThat(lines).startsWith("node,call,due_ns").anyMatch(line -> line.startsWith("n8,"));
        Path again = dir.resolve("again.csv");
        lab("plan", file, "--arrivals", again, "--point", 1);
        assertThat(again).as("the arrivals of another scheduler").hasSameTextualContentAs(csv);
        lab("plan", file, "--arrivals", again, "--point", 1, "--repetition", 2);
        assertThat(Files.readString(again)).isNotEqualTo(Files.readString(csv));
    }

    @Test
    void theory_is_a_table_or_csv() {
        assertThat(lab("theory", "--slots", "4", "--queue", "0,4", "--nodes", "8", "--rho", "0.9,1.0"))
                .isZero();
        assertThat(out.toString()).containsPattern("8 +4 +0 +0.9 +0.2707 +0.0000 +0.0780 +0.0000");
        assertThat(out.toString().lines()).hasSize(5);

        assertThat(lab("theory", "--rho", "0.9", "--format", "csv")).isZero();
        String[] cells = out.toString().lines().toList().get(1).split(",", -1);
        assertThat(Double.parseDouble(cells[6])).isEqualTo(0.0780, within(5e-5));
        assertThat(lab("theory", "--rho", "-1")).isEqualTo(2);
        assertThat(lab("theory")).isEqualTo(2);
    }

    @Test
    void the_theory_of_hot_and_cold_nodes_is_the_mean_over_calls() throws Exception {
        String uneven = TEXT.replace("queue: 0", "queue: 0, rates: [1.5, 0.5]").replace("[0.9, 1.0]", "[0.5]");
        var experiment = ExperimentFile.parse("e", uneven, dir, List.of()).experiment();
        List<Point> points = experiment.grid().points();

        // Erlang B for 3 and for 1 Erlang on 4 slots: 0.2061 and 0.0154.
        assertThat(new PointTheory(experiment, points.get(0)).single())
                .isEqualTo(0.75 * 0.2061 + 0.25 * 0.0154, within(1e-4));
        assertThat(new PointTheory(experiment, points.get(1)).single()).isNaN();
        assertThat(new PointTheory(experiment, points.get(1)).pooled()).isLessThan(0.001);
        var det = ExperimentFile.parse(
                        "e",
                        uneven.replace("exponential", "deterministic").replace("queue: 0", "queue: 1"),
                        dir,
                        List.of())
                .experiment();
        assertThat(new PointTheory(det, points.get(0)).single())
                .as("no formula for M/D/4/5")
                .isNaN();
    }

    @Test
    void progress_tells_how_long_it_takes_at_least() {
        AtomicLong now = new AtomicLong();
        CampaignProgress progress =
                new CampaignProgress(new PrintWriter(out, true), true, 1, Duration.ofSeconds(60), now::get);
        progress.watch(() -> 10);
        Point point = new Point(Map.of("rho", "0.9"));

        progress.onStarted(point, 0);
        progress.onCall();
        now.set(Duration.ofSeconds(30).toNanos());
        assertThat(progress.line()).isEqualTo("run 0 of 10  ETA 10m  calls 1  now rho=0.9 #1");
        now.set(Duration.ofSeconds(100).toNanos());
        progress.onFailed(point, 0, "no port");
        progress.watch(() -> 9);
        now.set(Duration.ofSeconds(150).toNanos());
        assertThat(progress.line()).isEqualTo("run 1 of 10  ETA 14m  failed 1  calls 1");
        progress.redraw();
        assertThat(out.toString()).contains("failed: rho=0.9 #1: no port", "\r\033[Krun 1 of 10");
    }
}
