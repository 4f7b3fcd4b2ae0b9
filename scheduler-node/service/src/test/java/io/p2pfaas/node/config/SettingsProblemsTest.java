package io.p2pfaas.node.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class SettingsProblemsTest {
    @TempDir
    private Path folder = Path.of(".");

    @Test
    void all_problems_of_all_sources_come_in_one_message() throws IOException {
        LoadResult.Refused refused = Loading.refused(Loading.file(
                folder, """
                slots: none
                http:
                  max-bdy: 1MiB
                  max-header: 12XB
                scheduler: PowerOfNScheduler(1,2,maybe)
                """, Map.of("P2PFAAS_CALL_TIMEOUT", "30"), Map.of("functions", List.of("echo=podman:alpine"))));

        String file = "file " + folder.resolve("node.yaml");
        assertThat(refused.message().lines())
                .containsExactlyInAnyOrder(
                        "The configuration has 6 problems:",
                        "  http.max-bdy (" + file + ", line 3, column 3): unknown key; did you mean http.max-body?",
                        "  slots (" + file + ", line 1, column 1): found 'none': not a whole number in that range;"
                                + " allowed is a whole number from 1 to 10000; for example 4",
                        "  http.max-header (" + file + ", line 4, column 3): found '12XB': not a size;"
                                + " allowed is a size from 1KiB to 1MiB, in bytes or with one of the units KiB, MiB, GiB,"
                                + " kB, MB, GB; for example 32KiB",
                        "  scheduler (" + file
                                + ", line 5, column 1): found 'PowerOfNScheduler(1,2,maybe)': parameter 3"
                                + " (loss) of PowerOfNScheduler is 'maybe', allowed is true or false (also 1, t, T, TRUE,"
                                + " True, 0, f, F, FALSE, False); " + allowed(SettingsTable.SCHEDULER),
                        "  call.timeout (environment P2PFAAS_CALL_TIMEOUT): found '30': not a duration; allowed is"
                                + " a duration from 1ms to 24h, a number with one of the units us, ms, s, m, h;"
                                + " for example 30s",
                        "  functions (flag --function): found 'echo=podman:alpine': the spec begins with none of"
                                + " builtin:, http://, docker:, exec:; " + allowed(SettingsTable.FUNCTIONS));
    }

    private static String allowed(Setting<?> setting) {
        return "allowed is " + setting.allowed() + "; for example " + setting.example();
    }

    @Test
    void a_file_that_is_too_large_is_refused_with_the_limit() throws IOException {
        String problem = Loading.problem(Loading.file(folder, "slots: 4 # " + "x".repeat(SettingsFile.MAX_BYTES)));
        assertThat(problem).contains("larger than 65536 bytes");
    }

    @Test
    void a_file_without_end_is_not_read_for_ever() {
        LoadResult result = SettingsLoader.load(Optional.of(Path.of("/dev/zero")), Map.of(), Map.of());
        assertThat(Loading.problem(result)).contains("larger than 65536 bytes");
    }

    @Test
    void of_a_file_full_of_mistakes_only_the_first_are_told() throws IOException {
        LoadResult.Refused refused = Loading.refused(Loading.file(folder, "pas x: y\n".repeat(5000)));
        assertThat(refused.problems()).hasSize(101);
        assertThat(refused.problems().get(100).toString()).contains("line 101", "not read from here on");
    }

    @Test
    void an_unknown_key_brings_the_closest_known_one() throws IOException {
        assertThat(Loading.problem(Loading.file(folder, "http: {maxBody: 1MiB}")))
                .contains("http.maxBody", "line 1, column 8", "did you mean http.max-body?");
        assertThat(Loading.problem(Loading.file(folder, "brokr: mqtt://b"))).endsWith("did you mean broker?");
        assertThat(Loading.problem(Loading.file(folder, "zzz: {password: hunter2}")))
                .endsWith("unknown key");
    }

    @Test
    void a_group_in_place_of_a_value_and_a_value_in_place_of_a_group_are_told_apart() throws IOException {
        assertThat(Loading.problem(Loading.file(folder, "slots: {max: 4}"))).contains("slots", "found a map");
        assertThat(Loading.problem(Loading.file(folder, "slots: [4]"))).contains("found a list");
        assertThat(Loading.problem(Loading.file(folder, "call: 30s"))).contains("a group of settings", "call.timeout");
        assertThat(Loading.problem(Loading.file(folder, "slots:"))).contains("it has no value");
        assertThat(Loading.problem(Loading.file(folder, "slots: &a 4\nqueue: *a")))
                .contains("alias");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "slots: 4\nslots: 5",
                "http: 127.0.0.1:1\nhttp.address: 127.0.0.1:2",
                "call: {timeout: 1s}\ncall: {heartbeat: 1s}",
                "call: {timeout: 1s}\ncall.timeout: 2s",
                "functions: {a: 'builtin:echo', a: 'builtin:echo'}",
                "functions: {a: {run: 'builtin:echo', run: 'builtin:hash'}}"
            })
    void a_key_that_is_given_twice_is_refused(String text) throws IOException {
        assertThat(Loading.problem(Loading.file(folder, text)))
                .contains("given a second time; allowed is once per file; the first is at file")
                .contains("line 1, column ");
    }

    @Test
    void text_that_is_not_YAML_is_refused_without_quoting_it() throws IOException {
        assertThat(Loading.problem(Loading.file(folder, "broker:\n  password: 'hunter2\n")))
                .contains("node.yaml, line 3", "not YAML from here on")
                .doesNotContain("hunter2");
        assertThat(Loading.problem(Loading.file(folder, "slots: 4\n---\nslots: 5")))
                .contains("a second document");
        assertThat(Loading.problem(Loading.file(folder, "- slots"))).contains("no keys found");
    }

    @Test
    void a_file_that_is_not_there_is_a_problem() {
        Path missing = folder.resolve("missing.yaml");

        assertThat(Loading.problem(SettingsLoader.load(Optional.of(missing), Map.of(), Map.of())))
                .isEqualTo("file " + missing + ": there is no such file");
        assertThat(Loading.problem(SettingsLoader.load(Optional.of(folder), Map.of(), Map.of())))
                .contains("cannot be read");
    }

    @Test
    void functions_in_a_file_need_something_to_run() throws IOException {
        assertThat(Loading.problem(Loading.file(folder, "functions: {a: {}}")))
                .contains("functions.a.run", "it is missing");
        assertThat(Loading.refused(Loading.file(
                                folder, "functions: {a: {run: 'builtin:echo', idempotent: maybe, max: 1}}"))
                        .problems())
                .extracting(Problem::key)
                .containsExactly("functions.a.idempotent", "functions.a.max");
    }

    @Test
    void an_idempotent_function_must_exist() {
        assertThat(Loading.problem(
                        Loading.flags(Map.of("functions", List.of("a=builtin:echo"), "idempotent", List.of("b")))))
                .contains("flag --idempotent", "found 'b'", "no such function");
    }

    @Test
    void two_flags_for_one_value_are_a_problem() {
        assertThat(Loading.problem(Loading.flag("slots", "4", "5"))).contains("flag --slots", "given more than once");
        assertThat(Loading.problem(Loading.flag("functions", "a=builtin:echo", "a=builtin:hash")))
                .contains("a second function of that name");
        assertThat(Loading.problem(Loading.environment(Map.of("P2PFAAS_DATA", "/a", "P2PFAAS_DATA_PATH", "/b"))))
                .contains("given by both P2PFAAS_DATA and P2PFAAS_DATA_PATH");
    }

    @Test
    void settings_that_contradict_each_other_are_a_problem() {
        assertThat(Loading.problem(Loading.flags(Map.of("queue", List.of("4"), "no-queue", List.of("true")))))
                .isEqualTo("queue (flag --queue and flag --no-queue): contradicts no-queue; allowed is one of the two,"
                        + " not both");
        assertThat(Loading.settings(Loading.flags(Map.of("queue", List.of("0"), "no-queue", List.of("true"))))
                        .capacity()
                        .queue())
                .isZero();
        assertThat(Loading.problem(
                        Loading.flags(Map.of("http.max-body", List.of("4MiB"), "http.max-buffered", List.of("2MiB")))))
                .contains("http.max-buffered", "less than one body");
    }

    @Test
    void answers_must_not_reach_the_topics_of_the_cluster() {
        for (String filter : List.of("#", "+/#", "p2pfaas/#", "p2pfaas/v1/node/+/rsp", "+/v1/+")) {
            assertThat(Loading.problem(Loading.flag("broker.reply-topics", filter)))
                    .contains("it reaches the topics below broker.root = p2pfaas");
        }
        for (String filter : List.of("+", "p2pfaas2/#", "other/p2pfaas/#")) {
            Loading.settings(Loading.flag("broker.reply-topics", filter));
        }
    }

    @Test
    void unknown_variables_are_warned_about_and_never_stop_the_start() {
        LoadResult.Loaded loaded = Loading.loaded(Loading.environment(Map.of(
                "P2PFAAS_SLOT",
                "secret",
                "P2PFAAS_OPENFAAS_ENABLED",
                "true",
                "P2PFAAS_PROF",
                "true",
                "PATH",
                "/bin",
                "P2PFAAS_SERVICE_DISCOVERY_HOST",
                "discovery",
                "P2PFAAS_ID",
                "")));

        assertThat(loaded.warnings())
                .containsExactly(
                        "P2PFAAS_OPENFAAS_ENABLED is ignored: the node runs functions itself, set P2PFAAS_FUNCTIONS",
                        "P2PFAAS_PROF is ignored: profiles are taken with the tools of the JDK, for example jcmd PID"
                                + " JFR.start",
                        "P2PFAAS_SERVICE_DISCOVERY_HOST is ignored: nodes find each other through the broker, set"
                                + " P2PFAAS_BROKER_URL",
                        "P2PFAAS_SLOT is ignored: no setting has this variable; did you mean P2PFAAS_SLOTS?");
    }

    @Test
    void a_flag_outside_the_table_is_our_own_mistake() {
        assertThatThrownBy(() -> Loading.flag("slot", "4"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("no setting has the key slot");
    }
}
