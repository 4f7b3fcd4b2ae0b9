package io.p2pfaas.load.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class RunsTest {
    @TempDir
    private Path folder;

    private static RunResult run(String scheduler, int repetition, long arrived) {
        return new RunResult(
                RunResult.World.SIMULATED,
                Map.of("scheduler", scheduler, "rho", "0.9"),
                repetition,
                1,
                2,
                1_000_000_000,
                1e8,
                arrived,
                Map.of(EndState.OK, arrived),
                Map.of(),
                0,
                "",
                "",
                List.of(),
                List.of(),
                Map.of(),
                List.of(),
                "",
                1);
    }

    private Runs read(String text) throws IOException {
        Files.writeString(folder.resolve(Runs.FILE), text);
        return Runs.read(folder);
    }

    @Test
    void repetitions_are_grouped_by_point_whatever_order_they_ended_in() throws IOException {
        List<RunResult> all = new ArrayList<>();
        for (String scheduler : List.of("A", "B", "C")) {
            for (int repetition = 0; repetition < 4; repetition++) {
                all.add(run(scheduler, repetition, 10));
            }
        }
        List<RunResult> shuffled = new ArrayList<>(all);
        Collections.shuffle(shuffled, new Random(1));
        StringBuilder lines = new StringBuilder();
        shuffled.forEach(one -> lines.append(RunResultJson.line(one)).append('\n'));

        Runs runs = read(lines.toString());

        assertThat(runs.all()).isEqualTo(all);
        assertThat(runs.notes()).isEmpty();
        assertThat(runs.byPoint())
                .hasSize(3)
                .allSatisfy(point ->
                        assertThat(point).extracting(RunResult::repetition).containsExactly(0, 1, 2, 3));
    }

    @Test
    void a_torn_last_line_is_left_out_and_said() throws IOException {
        String line = RunResultJson.line(run("A", 0, 10));

        Runs runs = read(line + "\n" + line.substring(0, line.length() / 2));

        assertThat(runs.all()).hasSize(1);
        assertThat(runs.notes()).singleElement().asString().contains("line 2", "cut off");
    }

    @Test
    void a_whole_last_line_without_its_line_break_counts() throws IOException {
        assertThat(read(RunResultJson.line(run("A", 0, 10))).all()).hasSize(1);
    }

    @Test
    void a_broken_line_in_the_middle_does_not_hide_the_others() throws IOException {
        Runs runs = read("{}\n" + RunResultJson.line(run("A", 0, 10)) + "\n");

        assertThat(runs.all()).hasSize(1);
        assertThat(runs.notes()).singleElement().asString().contains("line 1", "not a run result");
    }

    @Test
    void of_a_repetition_that_was_done_again_the_later_one_counts() throws IOException {
        Runs runs = read(RunResultJson.line(run("A", 0, 10)) + "\n" + RunResultJson.line(run("A", 0, 20)) + "\n");

        assertThat(runs.all()).singleElement().extracting(RunResult::arrived).isEqualTo(20L);
        assertThat(runs.notes()).singleElement().asString().contains("line 2");
    }

    @Test
    void a_folder_without_runs_is_none() {
        assertThatIOException()
                .isThrownBy(() -> Runs.read(folder))
                .withMessageContaining(folder.toString())
                .withMessageContaining(Runs.FILE);
    }
}
