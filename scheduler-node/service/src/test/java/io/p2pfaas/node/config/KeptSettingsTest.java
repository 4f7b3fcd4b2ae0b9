package io.p2pfaas.node.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.p2pfaas.core.learn.LearnerParameters;
import io.p2pfaas.core.policy.PolicySpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What was set at run time is in force again after a restart. */
final class KeptSettingsTest {
    @TempDir
    private Path folder = Path.of(".");

    private LoadResult start(String... keysAndValues) {
        Map<String, List<String>> flags = new LinkedHashMap<>();
        flags.put("data", List.of(folder.toString()));
        for (int i = 0; i < keysAndValues.length; i += 2) {
            flags.put(keysAndValues[i], List.of(keysAndValues[i + 1]));
        }
        return Loading.flags(flags);
    }

    private void keep(String name, String json) throws IOException {
        new DataFolder(folder).write(name, json);
    }

    @Test
    void without_kept_files_flags_hold() {
        NodeSettings settings = Loading.settings(start("slots", "3", "scheduler", "NoScheduler"));
        assertThat(settings.capacity()).isEqualTo(new CapacitySettings(3, 4, true));
        assertThat(settings.scheduler()).contains(PolicySpec.parse("NoScheduler"));
    }

    @Test
    void what_was_set_at_run_time_wins_and_the_print_out_says_where_it_is_from() throws IOException {
        keep("p2p_faas-scheduler.json", new CapacitySettings(8, 5, true).json());
        keep("p2p_faas-scheduler-config.json", "{\"name\":\"ForwardScheduler\",\"parameters\":[\"3\"]}");

        LoadResult.Loaded loaded = Loading.loaded(start("slots", "3", "queue", "9", "scheduler", "NoScheduler"));

        assertThat(loaded.settings().capacity()).isEqualTo(new CapacitySettings(8, 5, true));
        assertThat(loaded.settings().scheduler()).contains(PolicySpec.parse("ForwardScheduler(3)"));
        assertThat(loaded.effective().text().lines())
                .contains(
                        "slots = 8   (from file " + folder.resolve("p2p_faas-scheduler.json") + ", set at run time)",
                        "queue = 5   (from file " + folder.resolve("p2p_faas-scheduler.json") + ", set at run time)",
                        "scheduler = ForwardScheduler(3)   (from file "
                                + folder.resolve("p2p_faas-scheduler-config.json") + ", set at run time)");
    }

    @Test
    void the_learners_parameters_win_over_those_to_start_with_and_damaged_ones_stop_the_start() throws IOException {
        keep("p2pfaas_learner.json", LearnerText.kept(LearnerParameters.parse("actions_n=14 alpha=0.5")));
        assertThat(Loading.settings(start("learner.parameters", "beta=0.5"))
                        .learner()
                        .learning()
                        .parameters())
                .isEqualTo(LearnerParameters.parse("actions_n=14 alpha=0.5"));
        keep("p2pfaas_learner.json", "{\"learner_parameters\":{\"alpha\":7}}");
        assertThat(Loading.problem(start())).contains("p2pfaas_learner.json", "alpha is 7");
    }

    @Test
    void a_queue_that_was_disabled_keeps_its_length() throws IOException {
        keep("p2p_faas-scheduler.json", new CapacitySettings(8, 5, false).json());
        assertThat(Loading.settings(start()).capacity()).isEqualTo(new CapacitySettings(8, 5, false));
        assertThat(Loading.settings(start("queue", "9")).capacity().queue()).isZero();
    }

    @Test
    void a_queue_that_was_enabled_wins_over_the_flag() throws IOException {
        keep("p2p_faas-scheduler.json", "{\"queue_enabled\":true}");
        assertThat(Loading.settings(start("no-queue", "true")).capacity()).isEqualTo(new CapacitySettings(4, 4, true));
    }

    @Test
    void what_a_discovery_script_set_is_there_again() throws IOException {
        keep("p2p_faas-discovery.json", "{\"machine_ip\":\"10.1.1.1\"}");
        assertThat(Loading.settings(start("id", "n1")).discovery().machine())
                .isEqualTo(new MachineSettings("10.1.1.1", "n1", "", List.of()));
    }

    @Test
    void damaged_files_stop_the_start_with_file_key_value_and_what_is_allowed() throws IOException {
        keep("p2p_faas-scheduler.json", "{\"parallel_running_functions_max\":0}");
        keep("p2p_faas-scheduler-config.json", "{\"name\":");

        assertThat(Loading.refused(start()).message())
                .contains("2 problems")
                .contains("parallel_running_functions_max (file " + folder.resolve("p2p_faas-scheduler.json")
                        + "): it is 0; allowed is a whole number from 1 to 10000")
                .contains("file " + folder.resolve("p2p_faas-scheduler-config.json") + ": it is not sound JSON")
                .contains("allowed is one JSON object");
    }

    @Test
    void a_file_that_cannot_be_read_stops_the_start() throws IOException {
        Files.createDirectory(folder.resolve("p2p_faas-scheduler.json"));
        assertThat(Loading.problem(start())).contains("p2p_faas-scheduler.json").contains("cannot be read");
    }

    @Test
    void a_write_leaves_one_whole_file() throws IOException {
        keep("x", "long ".repeat(1000));
        keep("x", "short");
        try (var files = Files.list(folder)) {
            assertThat(files.map(Path::getFileName).map(Path::toString)).containsExactly("x");
        }
        assertThat(Files.readString(folder.resolve("x"))).isEqualTo("short");
    }

    @Test
    void a_folder_that_makes_no_sense_is_reported_once() {
        assertThat(Loading.problem(Loading.flags(Map.of("data", List.of(" "))))).contains("data (flag --data)");
    }
}
