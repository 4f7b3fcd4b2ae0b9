package io.p2pfaas.node.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.p2pfaas.node.app.Node;
import io.p2pfaas.node.testing.MosquittoProcess;
import io.p2pfaas.node.testing.SiteBroker;
import io.p2pfaas.node.testing.Tool;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every command against two real nodes and a real broker. */
final class CommandsIT {
    private static final int OK = 0;
    private static final int NO = 1;

    private static Nodes nodes;
    private static MosquittoProcess broker;
    private static Node one;

    @TempDir
    private Path folder = Path.of(".");

    @BeforeAll
    static void start() {
        broker = MosquittoProcess.startOrSkip();
        nodes = new Nodes();
        one = nodes.start("n1", broker.port(), "slots", "2");
        Node two = nodes.start("n2", broker.port(), "slots", "2");
        Nodes.awaitLink(one);
        Nodes.awaitLink(two);
        Nodes.await("they know each other", () -> one.status().contains("\"n2\""));
    }

    @AfterAll
    static void stop() {
        if (nodes != null) {
            nodes.close();
        }
        if (broker != null) {
            broker.close();
        }
    }

    private static Said run(String line) {
        List<String> words = new ArrayList<>(List.of(line.split(" ")));
        words.add("-u");
        words.add(one.url());
        return Said.by(words.toArray(String[]::new));
    }

    private static Said works(String line) {
        Said said = run(line);
        assertThat(said.exit()).as(said.toString()).isEqualTo(OK);
        return said;
    }

    private static JsonNode json(Said said) {
        try {
            return new JsonMapper().readTree(said.out());
        } catch (JsonProcessingException broken) {
            throw new AssertionError(said.toString(), broken);
        }
    }

    @Test
    void status_and_top_show_both_nodes_in_every_form() {
        assertThat(works("status").out()).contains("n1 (this)", "n2", "broker mqtt://127.0.0.1");
        assertThat(works("status -o csv").out())
                .startsWith("node,state,running")
                .contains("\r\nn2,online,");
        assertThat(json(works("status -o json")).path("id").asText()).isEqualTo("n1");
        assertThat(works("top --once --sort p").out()).contains("nodes: 2 online", "n1 *", "echo");
        JsonNode rows = json(works("top -o json"));
        assertThat(rows).hasSize(2);
        assertThat(rows.path(1).path("node").asText()).isEqualTo("n2");
        assertThat(rows.path(1).path("calls_s").isNumber())
                .as("n2 reports: %s", rows)
                .isTrue();
    }

    @Test
    void a_function_is_deployed_listed_called_and_removed() {
        assertThat(works("deploy shout builtin:echo --label team=a --annotation note=b")
                        .out())
                .contains("shout can be called");
        JsonNode listed = json(works("functions --here -o json"));
        assertThat(listed.findValuesAsText("function")).contains("shout", "echo");
        assertThat(works("functions").out()).containsPattern("shout +n1 +.* +builtin:echo +true");
        assertThat(works("invoke shout -d hello").out()).isEqualTo("hello");
        assertThat(run("scale shout 3").err()).contains("/system/scale-function/shout is answered");
        assertThat(works("remove shout").out()).contains("shout is removed");
        Said again = run("remove shout");
        assertThat(again.exit()).isEqualTo(NO);
        assertThat(again.err()).contains("404").contains("shout");
        Said gone = run("invoke shout");
        assertThat(gone.exit()).isEqualTo(NO);
        assertThat(gone.err()).isEqualTo("status: 404\n");
    }

    @Test
    void a_log_is_shown_and_a_program_that_has_none_is_said_to() throws IOException {
        Path program = folder.resolve("talk");
        Files.writeString(program, "#!/bin/sh\necho remember $(cat) >&2\n");
        Files.setPosixFilePermissions(program, java.nio.file.attribute.PosixFilePermissions.fromString("rwxr-xr-x"));
        Node node = nodes.start("n3", broker.port(), "functions", "talk=exec:" + program);
        Said called = Said.by("invoke", "talk", "-d", "me", "-u", node.url());
        assertThat(called.exit()).as(called.toString()).isZero();
        Nodes.await(
                "its line is in the log",
                () -> Said.by("logs", "talk", "--tail", "1", "--since", "10m", "-u", node.url())
                        .out()
                        .contains("remember me"));
        assertThat(Said.by("logs", "talk", "-o", "json", "-u", node.url()).out())
                .startsWith("{")
                .contains("\"text\":\"remember me\"");
        assertThat(Said.by("logs", "talk", "-o", "csv", "-u", node.url()).out())
                .startsWith("timestamp,instance,text\r\n")
                .endsWith(",remember me\r\n");
        Said none = Said.by("logs", "nope", "-u", node.url());
        assertThat(none.exit()).isEqualTo(NO);
        assertThat(none.err()).contains("404").contains("nope");
        assertThat(Said.by("drain", "--wait", "1", "-u", node.url()).out())
                .contains("n3 takes no new calls and leaves");
        Nodes.await(
                "it was asked to leave",
                () -> node.leaveAsked().toCompletableFuture().isDone());
    }

    @Test
    void a_file_is_sent_as_it_is_over_http_and_mqtt() throws IOException {
        Path file = Files.writeString(folder.resolve("body"), "--help \u00e4 \"x\"\n# y\n");
        assertThat(works("invoke echo -d @" + file).out()).isEqualTo(Files.readString(file));
        assertThat(works("invoke echo --mqtt -d @" + file).out()).isEqualTo(Files.readString(file));
    }

    @Test
    void a_call_over_mqtt_finds_the_broker_through_the_node() {
        Said said = works("invoke --mqtt echo -d hello -i");
        assertThat(said.out()).isEqualTo("hello");
        assertThat(said.err()).contains("status: 200");
        Said unknown = run("invoke --mqtt nope -d hello");
        assertThat(unknown.exit()).isEqualTo(NO);
        assertThat(unknown.out()).contains("no node has the function");
    }

    @Test
    void a_call_over_mqtt_without_a_node_needs_broker_and_root() {
        Said said = Said.by(
                "invoke",
                "--mqtt",
                "--broker",
                "mqtt://127.0.0.1:" + broker.port(),
                "--root",
                "p2pfaas",
                "echo",
                "-d",
                "x");
        assertThat(said.exit()).as(said.toString()).isZero();
        assertThat(said.out()).isEqualTo("x");
        Said nobody = Said.by("invoke", "--mqtt", "--broker", "mqtt://127.0.0.1:1", "--root", "p2pfaas", "echo");
        assertThat(nobody.exit()).isEqualTo(NO);
        assertThat(nobody.err()).contains("broker mqtt://127.0.0.1:1: connection refused");
    }

    @Test
    void a_call_over_mqtt_shows_a_password_or_a_certificate() throws IOException {
        SiteBroker.needToolsOrSkip();
        Path certificates = SiteBroker.certificates("n1", "app2");
        try (SiteBroker site =
                SiteBroker.start(certificates, List.of("app1"), "", "--node=n1", "--caller=app1", "--caller=app2")) {
            Node node = nodes.start(
                    "n1",
                    site.certificatePort(),
                    "broker.url",
                    "mqtts://127.0.0.1:" + site.certificatePort(),
                    "broker.tls.ca-file",
                    site.file("ca.crt").toString(),
                    "broker.tls.cert-file",
                    site.file("n1.crt").toString(),
                    "broker.tls.key-file",
                    site.file("n1.key").toString());
            Nodes.awaitLink(node);
            Path password = Files.writeString(folder.resolve("password"), SiteBroker.PASSWORD + "\n");
            String passwords = "mqtts://127.0.0.1:" + site.passwordPort();
            List<String> call = List.of(
                    "invoke",
                    "--mqtt",
                    "echo",
                    "-d",
                    "x",
                    "--root",
                    "p2pfaas",
                    "--ca-file",
                    site.file("ca.crt").toString());

            assertThat(Said.by(Tool.command(
                                    call,
                                    "--broker",
                                    passwords,
                                    "--user",
                                    "app1",
                                    "--password-file",
                                    password.toString())
                            .toArray(String[]::new)))
                    .isEqualTo(new Said(OK, "x", ""));
            assertThat(Said.by(Tool.command(
                                    call,
                                    "--broker",
                                    "mqtts://127.0.0.1:" + site.certificatePort(),
                                    "--cert",
                                    site.file("app2.crt").toString(),
                                    "--key",
                                    site.file("app2.key").toString(),
                                    "--as",
                                    "app2")
                            .toArray(String[]::new)))
                    .isEqualTo(new Said(OK, "x", ""));
            Said anonymous = Said.by(Tool.command(call, "--broker", passwords).toArray(String[]::new));
            assertThat(anonymous.exit()).isEqualTo(NO);
            assertThat(anonymous.err()).contains("not authorised");
        }
    }

    @Test
    void explain_tells_where_the_time_went() {
        Said said = works("explain echo -d hello");
        assertThat(said.out()).contains("echo: 200", "decision", "queue", "forward", "run", "total");
        assertThat(json(works("explain echo -o json"))
                        .path("time")
                        .path("totalMillis")
                        .asDouble())
                .isPositive();
        assertThat(run("explain nope").exit()).isEqualTo(NO);
    }

    @Test
    void configuration_is_shown_read_and_changed() {
        assertThat(works("config").out())
                .containsPattern("slots +\\d+ +config set")
                .containsPattern("scheduler .* policy");
        assertThat(works("config set queue 7").out()).isEqualToIgnoringNewLines("queue = 7");
        assertThat(works("config get queue").out()).isEqualToIgnoringNewLines("7");
        assertThat(works("config get queue -o csv").out()).isEqualTo("key,value\r\nqueue,7\r\n");
        assertThat(run("config get nonsense").err())
                .contains("KEY is 'nonsense'")
                .contains("slots");
    }

    @Test
    void the_policy_and_its_shadow_are_shown_and_changed() {
        assertThat(works("policy --shadow LeastLoadedSpill").out()).containsPattern("shadow +LeastLoadedSpill");
        assertThat(works("policy --shadow none").out()).doesNotContain("shadow");
        assertThat(works("policy PowerOfNScheduler 1 2 true 1").out()).containsPattern("decides +PowerOfN");
        Nodes.await("the change is an event", () -> works("events").out().contains("policy PowerOfN"));
        Said wrong = run("policy Nonsense");
        assertThat(wrong.exit()).isEqualTo(NO);
        assertThat(wrong.err()).contains("400").contains("PowerOfNScheduler");
        assertThat(works("policy BrokerMatch").out()).containsPattern("decides +BrokerMatch");
        assertThat(works("events -o csv").out()).startsWith("time,node,kind,text\r\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "status",
                "functions",
                "events",
                "config",
                "policy",
                "explain echo",
                "drain",
                "remove x",
                "logs x"
            })
    void a_node_that_is_not_there_is_a_failure_in_words(String line) {
        Said said = Said.by((line + " -u http://127.0.0.1:1").split(" "));
        assertThat(said.exit()).isEqualTo(NO);
        assertThat(said.err())
                .contains("http://127.0.0.1:1")
                .contains("does the node run")
                .doesNotContain("\tat ");
    }

    @Test
    void bash_completes_with_the_script_as_it_is_registered() throws IOException {
        Tool.needOrSkip("bash");
        Process making = new ProcessBuilder(program("completion", "bash")).start();
        Path script = folder.resolve("completion");
        Files.write(script, making.getInputStream().readAllBytes());

        assertThat(completed(script, "scheduler-node do")).isEqualTo("doctor");
        assertThat(completed(script, "scheduler-node.jar invoke --pass")).isEqualTo("--password-file");
        assertThat(completed(script, "./scheduler-node.jar status -o j")).isEqualTo("json");
        assertThat(completed(script, "scheduler-node completion z")).isEqualTo("zsh");
        assertThat(completed(script, "scheduler-node config g")).isEqualTo("get");
        assertThat(completed(script, "scheduler-node top --sort wa")).isEqualTo("waiting");
        assertThat(completed(script, "scheduler-node node --tracing-sam")).isEqualTo("--tracing-sample");
    }

    /** What bash makes of TAB: it calls what is registered for the command, with the words up to the cursor. */
    private static String completed(Path script, String line) throws IOException {
        String command = line.substring(0, line.indexOf(' '));
        String word = line.substring(line.lastIndexOf(' ') + 1);
        return bash("source " + script + "; COMP_WORDS=(" + line + "); COMP_CWORD=$((${#COMP_WORDS[@]} - 1));"
                        + " COMP_LINE='" + line + "'; COMP_POINT=${#COMP_LINE};"
                        + " f=$(complete -p " + command + " | sed 's/.* -F \\([^ ]*\\) .*/\\1/');"
                        // It is there only while a real TAB is worked on.
                        + " compopt() { :; };"
                        + " $f " + command + " '" + word + "' ''; echo \"${COMPREPLY[@]}\"")
                .strip();
    }

    private static List<String> program(String... arguments) {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        List<String> command = new ArrayList<>(List.of(
                java,
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                "io.p2pfaas.node.app.Main"));
        command.addAll(List.of(arguments));
        return command;
    }

    @Test
    void without_a_locale_what_is_said_is_utf_8_all_the_same() throws IOException {
        Path settings = Files.writeString(folder.resolve("node.yaml"), "id: \"n\u00e4he\"\n");
        ProcessBuilder builder = new ProcessBuilder(program("node", "--config", settings.toString()));
        builder.redirectErrorStream(true).environment().putAll(Map.of("LC_ALL", "C", "LANG", "C"));
        Process process = builder.start();
        assertThat(new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                .contains("n\u00e4he");
    }

    private static String bash(String script) throws IOException {
        Process process = new ProcessBuilder("bash", "-c", script)
                .redirectErrorStream(true)
                .start();
        return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }

    @Test
    void top_in_a_terminal_fills_the_screen_takes_keys_and_leaves_the_terminal_as_it_was() throws IOException {
        Tool.needOrSkip("script", "stty", "bash");
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        Path run = folder.resolve("run");
        Files.writeString(
                run,
                "stty -g > " + folder.resolve("before") + "\n" + java + " -XX:TieredStopAtLevel=1 -cp '"
                        + System.getProperty("java.class.path") + "' io.p2pfaas.node.app.Main top -u " + one.url()
                        + "\necho exit=$?\nstty -g > " + folder.resolve("after") + "\n");
        ProcessBuilder builder =
                new ProcessBuilder("script", "-qec", "bash " + run, "/dev/null").redirectErrorStream(true);
        builder.environment().putAll(Map.of("TERM", "xterm"));
        Process process = builder.start();
        StringBuilder seen = new StringBuilder();
        Thread reader = new Thread(() -> {
            try {
                for (int c = process.getInputStream().read();
                        c >= 0;
                        c = process.getInputStream().read()) {
                    synchronized (seen) {
                        seen.append((char) c);
                    }
                }
            } catch (IOException ended) {
                // So has its output.
            }
        });
        reader.start();
        Nodes.await("the page is there", () -> text(seen).contains("nodes: "));
        process.getOutputStream().write('q');
        process.getOutputStream().flush();
        Nodes.await("q ends it: " + text(seen), () -> text(seen).contains("exit=0"));
        assertThat(text(seen)).contains("\u001b[?1049h", "\u001b[?1049l", "q end");
        Nodes.await("the terminal is as it was", () -> Files.exists(folder.resolve("after")) && !process.isAlive());
        assertThat(Files.readString(folder.resolve("after"))).isEqualTo(Files.readString(folder.resolve("before")));
    }

    private static String text(StringBuilder seen) {
        synchronized (seen) {
            return seen.toString();
        }
    }
}
