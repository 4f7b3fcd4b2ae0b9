package io.p2pfaas.node.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.p2pfaas.node.config.Setting;
import io.p2pfaas.node.config.SettingsTable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.Model.OptionSpec;

final class CommandLineTest {
    private static final int OK = 0;
    private static final int FAILED = 1;
    private static final int USAGE = 2;

    /** An address where nobody listens. */
    private static String deadEnd() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return "http://127.0.0.1:" + socket.getLocalPort();
        } catch (IOException impossible) {
            throw new AssertionError(impossible);
        }
    }

    @Test
    void without_a_command_the_usage_is_shown_as_an_error() {
        Terminal terminal = Terminal.run();
        assertThat(terminal.exit()).isEqualTo(USAGE);
        assertThat(terminal.err()).contains("Usage:", "node", "invoke", "status");
        assertThat(terminal.out()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"--help", "node --help", "invoke --help", "status --help", "status -h"})
    void help_is_no_error(String line) {
        Terminal terminal = Terminal.run(line.split(" "));
        assertThat(terminal.exit()).isEqualTo(OK);
        assertThat(terminal.out()).contains("Usage:");
        assertThat(terminal.err()).isEmpty();
    }

    @Test
    void the_version_is_told() {
        Terminal terminal = Terminal.run("--version");
        assertThat(terminal.exit()).isEqualTo(OK);
        assertThat(terminal.out()).startsWith("p2pfaas-mqtt ");
    }

    @ParameterizedTest
    @CsvSource({
        "nodes, nodes",
        "node --slotz 4, --slotz",
        "node --slots, --slots",
        "node surplus, surplus",
        "invoke, NAME",
        "invoke echo surplus, surplus",
        "invoke --header, --header",
        "status --nonsense, --nonsense"
    })
    void bad_usage_names_what_is_wrong(String line, String named) {
        Terminal terminal = Terminal.run(line.split(" "));
        assertThat(terminal.exit()).isEqualTo(USAGE);
        assertThat(terminal.err()).contains(named);
    }

    @ParameterizedTest
    @CsvSource({
        "--slots 0, slots",
        "--slots many, slots",
        "--id a/b, id",
        "--http nowhere, http.address",
        "--broker amqp://x, broker.url",
        "--scheduler Nonsense, scheduler",
        "--function echo, functions",
        "--config /there/is/no/such/file.yaml, /there/is/no/such/file.yaml"
    })
    void a_bad_setting_names_its_key(String flags, String named) {
        Terminal terminal = Terminal.run(("node " + flags).split(" "));
        assertThat(terminal.exit()).isEqualTo(USAGE);
        assertThat(terminal.err()).contains("The configuration has a problem").contains(named);
        assertThat(terminal.out()).as("nothing was started").isEmpty();
    }

    @Test
    void all_bad_settings_are_told_at_once() {
        Terminal terminal = Terminal.run("node", "--slots", "0", "--id", "a/b");
        assertThat(terminal.exit()).isEqualTo(USAGE);
        assertThat(terminal.err()).contains("2 problems", "slots", "id");
    }

    @Test
    void every_setting_has_a_flag_of_its_own_and_help_shows_it_with_its_key() {
        Set<String> flags = new HashSet<>();
        List<String> known = NodeCommand.spec().options().stream()
                .map(OptionSpec::longestName)
                .toList();
        String help = Terminal.run("node", "--help").out().replaceAll("\\s+", "");
        for (Setting<?> setting : SettingsTable.all()) {
            assertThat(flags.add(setting.flag()))
                    .as("twice: %s", setting.flag())
                    .isTrue();
            assertThat(known).contains(setting.flag());
            assertThat(help).contains(setting.flag()).contains("[" + setting.key() + "]");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"X-Mine", ": value", "no colon here"})
    void a_header_that_is_none_is_bad_usage(String header) {
        Terminal terminal = Terminal.run("invoke", "-u", deadEnd(), "-H", header, "echo");
        assertThat(terminal.exit()).isEqualTo(USAGE);
        assertThat(terminal.err()).contains("Name: value").contains(header);
    }

    @Test
    void a_name_that_no_url_can_have_is_bad_usage() {
        Terminal terminal = Terminal.run("invoke", "-u", deadEnd(), "a b");
        assertThat(terminal.exit()).isEqualTo(USAGE);
        assertThat(terminal.err()).contains("a b");
    }

    @ParameterizedTest
    @ValueSource(strings = {"file:///etc/hostname", "ftp://127.0.0.1/x"})
    void an_address_that_is_not_of_http_is_bad_usage(String url) {
        for (String command : List.of("status", "invoke echo")) {
            Terminal terminal = Terminal.run((command + " -u " + url).split(" "));
            assertThat(terminal.exit()).isEqualTo(USAGE);
            assertThat(terminal.err()).contains("--url").contains(url);
            assertThat(terminal.err()).doesNotContain("Exception");
        }
    }

    @Test
    void a_node_that_is_not_there_is_a_failure_and_named() {
        String url = deadEnd();
        for (String command : List.of("status", "invoke echo")) {
            Terminal terminal = Terminal.run((command + " -u " + url).split(" "));
            assertThat(terminal.exit()).isEqualTo(FAILED);
            assertThat(terminal.err()).contains(url).doesNotContain("\tat ");
        }
    }

    @Test
    void an_unknown_form_of_output_is_bad_usage() {
        Terminal terminal = Terminal.run("status", "-o", "xml");
        assertThat(terminal.exit()).isEqualTo(USAGE);
        assertThat(terminal.err()).contains("--output", "xml", "json");
    }
}
