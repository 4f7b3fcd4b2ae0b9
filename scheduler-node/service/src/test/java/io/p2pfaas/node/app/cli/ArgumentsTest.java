package io.p2pfaas.node.app.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is said to commands, before a node is asked. */
final class ArgumentsTest {
    private static final int USAGE = 2;
    private static final Instant NOW = Instant.parse("2026-01-31T12:00:00.5Z");

    @ParameterizedTest
    @CsvSource({
        "90s, 2026-01-31T11:58:30Z",
        "10m, 2026-01-31T11:50:00Z",
        "2h, 2026-01-31T10:00:00Z",
        "1d, 2026-01-30T12:00:00Z",
        "2026-01-01T00:00:00+01:00, 2025-12-31T23:00:00Z"
    })
    void since_is_a_time_or_how_long_ago(String text, String time) {
        assertThat(LogsCommand.since(text, NOW)).isEqualTo(Instant.parse(time));
    }

    @Test
    void since_that_is_neither_is_told_what_is_allowed() {
        assertThatThrownBy(() -> LogsCommand.since("soon", NOW))
                .hasMessageContaining("'soon'")
                .hasMessageContaining("10m");
    }

    @ParameterizedTest
    @ValueSource(strings = {"PowerOfN 1 2 true", "PowerOfN(1,2,true)", "PowerOfN (1, 2, true)"})
    void a_policy_may_be_written_as_the_node_writes_it(String said) {
        assertThat(PolicyCommand.document(List.of(said.split(" ")), false).toString())
                .isEqualTo("{\"name\":\"PowerOfN\",\"parameters\":[\"1\",\"2\",\"true\"]}");
    }

    @Test
    void none_is_no_shadow() {
        assertThat(PolicyCommand.document(List.of("none"), false).toString())
                .isEqualTo("{\"name\":\"\",\"parameters\":[]}");
    }

    @Test
    void keys_of_ours_become_those_of_p2pfaas() {
        assertThat(ConfigCommand.change("slots", "8").toString()).isEqualTo("{\"parallel_running_functions_max\":8}");
        assertThat(ConfigCommand.change("queue-enabled", "false").toString()).isEqualTo("{\"queue_enabled\":false}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "config set slots 0|slots is '0'",
                "config set data /x|KEY is 'data', allowed is one of queue, queue-enabled, slots",
                "config set queue-enabled maybe|allowed is true or false",
                "config put slots 1|allowed is nothing, get KEY, or set KEY VALUE",
                "scale echo many|REPLICAS is 'many', allowed is a whole number from 0",
                "scale echo|REPLICAS",
                "deploy echo|IMAGE",
                "deploy echo builtin:echo --env X|--env is 'X', allowed is KEY=VALUE",
                "deploy echo builtin:echo --wait never|--wait is 'never'",
                "logs echo --tail 0|--tail is '0'",
                "logs echo --since soon|--since is 'soon'",
                "logs a/b|NAME is 'a/b', allowed are 1 to 64 characters",
                "scale a/b 1|NAME is 'a/b'",
                "deploy a/b builtin:echo|NAME is 'a/b'",
                "remove a/b|NAME is 'a/b'",
                "invoke .x/path|NAME is '.x'",
                "status --token-file /no/such/file|--token-file cannot be read: java.nio.file.NoSuchFileException: /no/such/file",
                "status --token-file /dev/null --token x|--token-file and --token are both there",
                "invoke echo -H Content-Length:3|Content-Length follows from the body",
                "functions -o xml|--output is 'xml', allowed is table, json or csv",
                "top --sort nonsense|--sort is 'nonsense', allowed is one of n node",
                "top --interval 0|--interval is '0', allowed are seconds from 0.5 to 3600",
                "completion fish|the shell is 'fish', allowed is bash or zsh",
                "invoke echo --user me|--user is for calls over MQTT, allowed is together with --mqtt",
                "invoke echo --mqtt --broker amqp://x --root r|broker.url",
                "invoke echo --mqtt --broker mqtt://h --root +|broker.root",
                "invoke echo --mqtt --broker mqtt://h --root r --as a/b|--as is 'a/b'",
                "invoke echo --mqtt --broker mqtts://h --root r --cert /no/such.pem|/no/such.pem",
                "invoke /echo --mqtt --broker mqtt://h --root r|NAME is ''",
                "explain echo -d @/no/such/file|--data names a file that is not there: /no/such/file",
                "doctor --nonsense|--nonsense",
            })
    void what_cannot_be_is_bad_usage_and_named(String line, String named) {
        // Where nobody listens: a command that asked a node before it looked at its options would fail otherwise.
        Said said = Said.by((line + (line.contains("completion") ? "" : " -u http://127.0.0.1:1")).split(" "));
        assertThat(said.err()).contains(named);
        assertThat(said.exit()).isEqualTo(USAGE);
        assertThat(said.out()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "status",
                "top",
                "events",
                "doctor",
                "functions",
                "deploy",
                "scale",
                "remove",
                "logs",
                "invoke",
                "explain",
                "config",
                "policy",
                "drain",
                "completion"
            })
    void every_command_has_a_help_that_tells_its_exit_codes(String command) {
        Said said = Said.by(command, "--help");
        assertThat(said.exit()).isZero();
        assertThat(said.out()).contains("Usage:").contains("Exit codes:").contains("  2  bad usage");
    }

    @Test
    void a_line_of_a_log_has_three_forms() {
        String line = "{\"timestamp\":\"T\",\"instance\":\"i\",\"text\":\"a, \\u001bb\"}";
        assertThat(LogsCommand.shown(line, Form.TABLE)).isEqualTo("T i a, ?b\n");
        assertThat(LogsCommand.shown(line, Form.JSON)).isEqualTo(line + "\n");
        assertThat(LogsCommand.shown(line, Form.CSV)).isEqualTo("T,i,\"a, ?b\"\r\n");
        assertThat(LogsCommand.shown("no json", Form.TABLE)).isEqualTo("no json\n");
    }

    @Test
    void what_a_node_says_of_itself_cannot_control_the_terminal() throws JsonProcessingException {
        JsonNode status = new JsonMapper()
                .readTree("{\"id\":\"n1\",\"linkUp\":false,\"linkFailure\":\"\\u001b]0;x\\u0007\\nnode n9\","
                        + "\"running\":1,\"slots\":4,\"queued\":0,\"queueMax\":4,"
                        + "\"peers\":[{\"id\":\"n2\",\"state\":\"online\"}]}");
        assertThat(StatusCommand.lines(status))
                .contains(
                        "broker  DOWN ?]0;x??node n9",
                        "n1 (this)  online      1/4     0/4  -",
                        "n2         online        -       -  -");
        assertThat(Table.harmlessLines("a\u001bb\nc\u0007")).isEqualTo("a?b\nc?");
    }

    @Test
    void an_mqtt_call_carries_method_path_query_and_fields_as_properties() {
        var request = Calls.request(new CallOptions("PUT", "echo/a/b?c=d", List.of("X-Mine: 1"), null));
        assertThat(request.headers().first("method")).isEqualTo("PUT");
        assertThat(request.headers().first("uri-path")).isEqualTo("/a/b");
        assertThat(request.headers().first("uri-query")).isEqualTo("c=d");
        assertThat(request.headers().first("x-mine")).isEqualTo("1");
    }

    @Test
    void the_completion_script_knows_commands_and_options() {
        Said said = Said.by("completion", "bash");
        assertThat(said.exit()).isZero();
        assertThat(said.out()).contains("doctor", "--password-file", "complete -F _complete_scheduler-node");
    }
}
