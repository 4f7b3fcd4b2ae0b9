package io.p2pfaas.load.campaign;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.p2pfaas.load.plan.ExperimentFile;
import io.p2pfaas.load.plan.InvalidExperiment;
import io.p2pfaas.load.plan.Point;
import io.p2pfaas.load.plan.PointFilter;
import io.p2pfaas.load.record.OutcomeCsv;
import io.p2pfaas.load.record.RunResult;
import io.p2pfaas.load.record.RunResultJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class CampaignTest {
    private static final String TEXT = """
            name: losses
            cluster: {launch: 1, slots: 100}
            function: {service: {law: exponential, mean: 100ms}}
            grid: {scheduler: [NoScheduler, BrokerMatch], rho: [0.9, 1.0]}
            run: {warmup: 0s, duration: 1s, repetitions: 3}
            """;

    @TempDir
    private Path dir;

    private final List<String> log = Collections.synchronizedList(new ArrayList<>());

    private final Campaign.Listener listener = new Campaign.Listener() {
        @Override
        public void onStarted(Point point, int repetition) {
            log.add("start " + point + " " + repetition);
        }

        @Override
        public void onCall() {
            // Counted by the files.
        }

        @Override
        public void onDone(RunResult result) {
            log.add("done");
        }

        @Override
        public void onFailed(Point point, int repetition, String reason) {
            log.add("failed " + reason);
        }
    };

    private ExperimentFile file(String text) throws InvalidExperiment {
        return ExperimentFile.parse("losses.yaml", text, dir, List.of());
    }

    private ResultFolder open(ExperimentFile file, String name, boolean resume)
            throws IOException, ResultFolder.Refused {
        return ResultFolder.open(
                dir.resolve(name),
                file,
                RunResult.World.SIMULATED,
                resume,
                new ResultFolder.Session(List.of("lab", "run"), "test", dir, 1));
    }

    private Campaign.Result run(String text, String name, boolean resume, World world, Campaign.Options options)
            throws Exception {
        ExperimentFile file = file(text);
        try (ResultFolder folder = open(file, name, resume)) {
            return new Campaign(file.experiment(), world, folder, options, listener).run();
        }
    }

    private static Campaign.Options threads(int threads) {
        return new Campaign.Options(threads, PointFilter.ALL, false);
    }

    private List<String> lines(String name) throws IOException {
        return Files.readAllLines(dir.resolve(name).resolve(ResultFolder.RUNS));
    }

    @Test
    void every_point_is_repeated_and_every_result_kept() throws Exception {
        Campaign.Result result = run(TEXT, "a", false, new FakeWorld(), threads(1));

        assertThat(lines("a")).hasSize(4 * 3);
        assertThat(ResultFolder.runs(dir.resolve("a"))).hasSize(12);
        assertThat(result.isPassed()).isTrue();
        assertThat(result.summaries())
                .hasSize(4)
                .allSatisfy(summary -> assertThat(summary.repetitions()).isEqualTo(3));
        assertThat(result.summaries().get(0).pB().mean()).isEqualTo(0.3, within(0.05));
        assertThat(result.summaries().get(3).pB().mean()).isEqualTo(0.1, within(0.03));
        assertThat(result.summaries().get(0).packetsPerCall()).isEqualTo(0.5, within(1e-9));
        assertThat(Files.readString(dir.resolve("a/experiment.yaml"))).isEqualTo(TEXT);
        assertThat(Files.readString(dir.resolve("a/provenance.json")))
                .contains(
                        "\"sha256\" : \"" + Provenance.sha256(TEXT),
                        "\"cores\"",
                        "\"commandLine\"",
                        "\"jdk\"",
                        "\"seed\"");
        assertThat(dir.resolve("a/calls")).doesNotExist();
    }

    @Test
    void all_points_get_one_repetition_before_any_gets_the_next() throws Exception {
        run(TEXT, "a", false, new FakeWorld(), threads(1));

        assertThat(log.stream().filter(line -> line.startsWith("start")))
                .startsWith(
                        "start scheduler=NoScheduler rho=0.9 0",
                        "start scheduler=NoScheduler rho=1.0 0",
                        "start scheduler=BrokerMatch rho=0.9 0",
                        "start scheduler=BrokerMatch rho=1.0 0",
                        "start scheduler=NoScheduler rho=0.9 1");
    }

    @Test
    void the_number_of_threads_changes_nothing_in_the_results() throws Exception {
        String wide = TEXT.replace("repetitions: 3", "repetitions: 3, half-width: 0.05, max-repetitions: 40");
        run(wide, "one", false, new FakeWorld(), threads(1));
        run(wide, "many", false, new FakeWorld(), threads(7));

        assertThat(lines("many")).containsExactlyInAnyOrderElementsOf(lines("one"));
        assertThat(lines("one").size()).isGreaterThan(12).isLessThan(4 * 40);
    }

    @Test
    void repetitions_end_when_the_interval_is_narrow_enough() throws Exception {
        String narrow = TEXT.replace("repetitions: 3", "repetitions: 3, half-width: 0.05, max-repetitions: 40");
        Campaign.Result result = run(narrow, "a", false, new FakeWorld(), threads(1));

        assertThat(result.summaries())
                .allSatisfy(summary -> assertThat(
                                summary.pB().halfWidth() / summary.pB().mean())
                        .isLessThanOrEqualTo(0.05));
        String hopeless = narrow.replace("0.05", "0.0001").replace("40", "4");
        assertThat(run(hopeless, "b", false, new FakeWorld(), threads(2)).summaries())
                .allSatisfy(summary -> assertThat(summary.repetitions()).isEqualTo(4));
    }

    @Test
    void only_the_points_that_are_meant_are_run() throws Exception {
        PointFilter only = PointFilter.parse("scheduler=BrokerMatch,rho=0.90");
        Campaign.Result result = run(TEXT, "a", false, new FakeWorld(), new Campaign.Options(1, only, false));

        assertThat(result.summaries())
                .singleElement()
                .satisfies(summary -> assertThat(summary.point()).hasToString("scheduler=BrokerMatch rho=0.9"));
        assertThat(run(TEXT, "a", true, new FakeWorld(), threads(1)).summaries())
                .hasSize(4);
        assertThat(lines("a")).hasSize(12).doesNotHaveDuplicates();
    }

    @Test
    void a_folder_with_results_is_not_written_over() throws Exception {
        run(TEXT, "a", false, new FakeWorld(), threads(1));

        assertThatExceptionOfType(ResultFolder.Refused.class)
                .isThrownBy(() -> run(TEXT, "a", false, new FakeWorld(), threads(1)))
                .withMessageContaining("--resume");
        assertThat(lines("a")).hasSize(12);
    }

    @Test
    void a_finished_experiment_has_nothing_to_resume() throws Exception {
        run(TEXT, "a", false, new FakeWorld(), threads(1));
        log.clear();
        run(TEXT, "a", true, new FakeWorld(), threads(1));

        assertThat(log).isEmpty();
        assertThat(Provenance.parse(Files.readString(dir.resolve("a/provenance.json")))
                        .sessions())
                .hasSize(2);
    }

    @Test
    void a_line_that_was_cut_off_is_run_again() throws Exception {
        run(TEXT, "whole", false, new FakeWorld(), threads(1));
        run(TEXT, "cut", false, new FakeWorld(), threads(1));
        Path runs = dir.resolve("cut").resolve(ResultFolder.RUNS);
        byte[] bytes = Files.readAllBytes(runs);
        Files.write(runs, Arrays.copyOf(bytes, bytes.length - 20));

        assertThat(ResultFolder.runs(dir.resolve("cut"))).hasSize(11);
        log.clear();
        run(TEXT, "cut", true, new FakeWorld(), threads(1));
        assertThat(log).hasSize(2);
        assertThat(lines("cut")).isEqualTo(lines("whole"));
    }

    @Test
    void a_broken_line_in_the_middle_is_reported_with_its_number() throws Exception {
        run(TEXT, "a", false, new FakeWorld(), threads(1));
        Path runs = dir.resolve("a").resolve(ResultFolder.RUNS);
        List<String> lines = new ArrayList<>(lines("a"));
        lines.set(4, "{}");
        Files.write(runs, lines);

        assertThatThrownBy(() -> run(TEXT, "a", true, new FakeWorld(), threads(1)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("runs.jsonl, line 5");
    }

    @Test
    void a_changed_experiment_is_not_gone_on_with() throws Exception {
        run(TEXT, "a", false, new FakeWorld(), threads(1));

        String changed = TEXT.replace("duration: 1s", "duration: 2s")
                .replace("name: losses\n", "name: losses\ngates: ['pB < 1']\n");
        assertThatExceptionOfType(ResultFolder.Refused.class)
                .isThrownBy(() -> run(changed, "a", true, new FakeWorld(), threads(1)))
                .withMessageContaining("run.duration was '1s', is '2s'")
                .withMessageContaining("gates[0] was not there, is 'pB < 1'");
        run("# a comment more\n" + TEXT, "a", true, new FakeWorld(), threads(1));
    }

    @Test
    void results_of_another_world_are_not_mixed_in() throws Exception {
        run(TEXT, "a", false, new FakeWorld(), threads(1));

        ExperimentFile file = file(TEXT);
        assertThatExceptionOfType(ResultFolder.Refused.class)
                .isThrownBy(() -> ResultFolder.open(
                        dir.resolve("a"),
                        file,
                        RunResult.World.LIVE,
                        true,
                        new ResultFolder.Session(List.of(), "test", dir, 1)))
                .withMessageContaining("simulated");
    }

    @Test
    void a_changed_trace_is_noticed_and_copied_beside_the_experiment() throws Exception {
        Files.writeString(dir.resolve("load.csv"), "0,1\n");
        String replay = TEXT + "arrivals: {law: replay, files: load.csv}\n";
        run(replay, "a", false, new FakeWorld(), threads(1));

        assertThat(ExperimentFile.read(dir.resolve("a/experiment.yaml")).experiment())
                .isEqualTo(file(replay).experiment());
        Files.writeString(dir.resolve("load.csv"), "0,0.5\n");
        assertThatExceptionOfType(ResultFolder.Refused.class)
                .isThrownBy(() -> run(replay, "a", true, new FakeWorld(), threads(1)))
                .withMessageContaining("load.csv has changed");
    }

    @Test
    void two_labs_do_not_write_to_one_folder() throws Exception {
        ExperimentFile file = file(TEXT);
        try (ResultFolder first = open(file, "a", false)) {
            assertThat(first.path()).isDirectory();
            assertThatThrownBy(() -> open(file, "a", true)).hasMessageContaining("another lab is writing");
        }
        open(file, "a", true).close();
    }

    @Test
    void a_run_that_fails_is_tried_again_by_the_next_start() throws Exception {
        Consumer<Point> once = point -> {
            if (point.toString().equals("scheduler=BrokerMatch rho=1.0") && !log.contains("failed no port")) {
                throw new IllegalStateException("no port");
            }
        };
        Campaign.Result result = run(TEXT, "a", false, new FakeWorld(once), threads(1));

        assertThat(result.isPassed()).isFalse();
        assertThat(result.failures()).containsExactly("scheduler=BrokerMatch rho=1.0, repetition 1: no port");
        assertThat(lines("a")).hasSize(11);
        assertThat(run(TEXT, "a", true, new FakeWorld(), threads(1)).isPassed()).isTrue();
        assertThat(lines("a")).hasSize(12).doesNotHaveDuplicates();
    }

    @Test
    void a_world_that_always_fails_is_given_up() throws Exception {
        Campaign.Result result = run(
                TEXT,
                "a",
                false,
                new FakeWorld(point -> {
                    throw new IllegalStateException("no node");
                }),
                threads(1));

        assertThat(result.failures()).hasSize(3);
        assertThat(result.summaries()).isEmpty();
    }

    @Test
    void a_fault_of_the_lab_itself_is_not_taken_for_a_result() {
        World broken = new FakeWorld(point -> {
            throw new IllegalArgumentException("a bug");
        });

        assertThatThrownBy(() -> run(TEXT, "a", false, broken, threads(3)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("a bug");
    }

    @Test
    void calls_are_written_down_where_asked_for() throws Exception {
        run(TEXT, "a", false, new FakeWorld(), new Campaign.Options(2, PointFilter.ALL, true));

        Path calls = dir.resolve("a/calls");
        assertThat(Files.readAllLines(calls.resolve("point-4-repetition-3.csv")))
                .hasSize(1 + FakeWorld.CALLS)
                .startsWith(OutcomeCsv.HEADER);
        assertThat(Files.readAllLines(calls.resolve("points.csv")))
                .containsExactly(
                        "point,settings",
                        "1,\"scheduler=NoScheduler rho=0.9\"",
                        "2,\"scheduler=NoScheduler rho=1.0\"",
                        "3,\"scheduler=BrokerMatch rho=0.9\"",
                        "4,\"scheduler=BrokerMatch rho=1.0\"");
    }

    /** The first runs of several threads once fell over each other's list of points. */
    @RepeatedTest(20)
    void calls_of_runs_that_begin_together_are_all_written_down() throws Exception {
        int together = 8;
        ExperimentFile file = file(TEXT);
        ExecutorService threads = Executors.newFixedThreadPool(together);
        try (ResultFolder folder = open(file, "a", false)) {
            CyclicBarrier barrier = new CyclicBarrier(together);
            List<Callable<Path>> tasks = new ArrayList<>();
            for (int i = 0; i < together; i++) {
                int repetition = i;
                tasks.add(() -> {
                    barrier.await();
                    folder.calls(file.experiment().grid().points().get(0), repetition)
                            .close();
                    return dir.resolve("a/calls/point-1-repetition-" + (repetition + 1) + ".csv");
                });
            }
            for (Future<Path> done : threads.invokeAll(tasks)) {
                assertThat(done.get()).exists();
            }
        } finally {
            threads.shutdownNow();
        }
        assertThat(Files.readAllLines(dir.resolve("a/calls/points.csv"))).hasSize(1 + 4);
    }

    @Test
    void calls_reach_the_file_while_their_run_goes_on() throws Exception {
        Path file = dir.resolve("calls.csv");
        try (CallLog calls = new CallLog(file)) {
            new FakeWorld()
                    .run(
                            file(TEXT).experiment(),
                            file(TEXT).experiment().grid().points().get(0),
                            0,
                            calls);
            calls.flush();
            assertThat(Files.readAllLines(file)).hasSize(1 + FakeWorld.CALLS);
        }
    }

    @Test
    void gates_are_judged_and_written_down() throws Exception {
        String gated = TEXT
                + "gates: ['pB <= 0.2', 'pB <= 20% where scheduler=BrokerMatch', 'send-lag-p99 < 10ms', 'failed <= 0',"
                + " 'latency-p50 >= 50ms', 'offered-error <= 0.2 where rho=1', 'mean-latency < 10ms where rho=0.9']\n";
        Campaign.Result result = run(gated, "a", false, new FakeWorld(), threads(1));

        assertThat(result.isPassed()).isFalse();
        List<String> lines = Files.readAllLines(dir.resolve("a/gates.txt"));
        assertThat(lines).hasSize(4 + 2 + 4 + 4 + 4 + 2 + 2);
        assertThat(lines.get(0)).matches("FAIL {2}pB <= 0.2 {2}\\(0\\.[23]\\d+\\) {2}scheduler=NoScheduler rho=0.9");
        assertThat(lines.get(2)).startsWith("PASS  pB <= 0.2");
        assertThat(lines.subList(4, 6)).allMatch(line -> line.startsWith("PASS"));
        assertThat(lines.subList(6, 10))
                .allMatch(line -> line.startsWith("SKIP  send-lag-p99 < 10ms  (not in this world)"));
        assertThat(lines.subList(10, 18)).allMatch(line -> line.startsWith("PASS"));
        assertThat(lines.subList(18, 20)).allMatch(line -> line.startsWith("PASS  offered-error"));
        assertThat(lines.subList(20, 22))
                .allMatch(line -> line.startsWith("FAIL  mean-latency < 10ms where rho=0.9  (7"));
    }

    @Test
    void a_folder_that_holds_something_else_is_left_alone() throws Exception {
        Files.createDirectories(dir.resolve("a"));
        Files.writeString(dir.resolve("a/thesis.tex"), "x");

        for (boolean resume : new boolean[] {false, true}) {
            assertThatExceptionOfType(ResultFolder.Refused.class)
                    .isThrownBy(() -> run(TEXT, "a", resume, new FakeWorld(), threads(1)));
        }
    }

    @Test
    void a_lab_that_was_killed_before_it_began_leaves_nothing_in_the_way() throws Exception {
        Files.createDirectories(dir.resolve("a"));
        Files.writeString(dir.resolve("a/runs.jsonl"), "");
        Files.writeString(dir.resolve("a/provenance.json"), "{\"exp");

        run(TEXT, "a", false, new FakeWorld(), threads(1));
        assertThat(lines("a")).hasSize(12);
    }

    @Test
    void a_run_of_a_point_that_is_not_in_the_grid_is_refused() throws Exception {
        run(TEXT, "a", false, new FakeWorld(), threads(1));
        RunResult first = RunResultJson.parse(lines("a").get(0));
        Files.writeString(
                dir.resolve("a").resolve(ResultFolder.RUNS),
                RunResultJson.line(first).replace("NoScheduler", "RejectScheduler") + "\n",
                StandardOpenOption.APPEND);

        assertThatExceptionOfType(ResultFolder.Refused.class)
                .isThrownBy(() -> run(TEXT, "a", true, new FakeWorld(), threads(1)))
                .withMessageContaining("RejectScheduler");
    }
}
