package io.p2pfaas.node.cluster;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.p2pfaas.node.testing.MosquittoProcess;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What P2PFaaS's clients rely on, line by line, over real sockets; docs/compatibility.md is the same list in words. Two
 * nodes, each on a loopback address of its own with the original's discovery port.
 */
final class ContractIT {
    private static final byte[] NOTHING = {};
    private static final String CONFIGURATION = "{\"parallel_running_functions_max\":4,\"queue_length_max\":4,"
            + "\"queue_enabled\":true,\"running_functions_max\":4}";
    private static final String SCHEDULER =
            "{\"name\":\"PowerOfNScheduler\",\"parameters\":[\"1\",\"2\",\"true\",\"1\"]}";

    /** Somewhere in 127.0.0.0/8 where nobody else listens, whatever the port. */
    private static final String NETWORK = "127." + ThreadLocalRandom.current().nextInt(50, 250) + "."
            + ThreadLocalRandom.current().nextInt(1, 250) + ".";

    @TempDir
    private static Path data = Path.of(".");

    private static MosquittoProcess broker;
    private static FunctionServer mirror;
    private static Cluster cluster;

    @BeforeAll
    static void start() {
        broker = MosquittoProcess.startOrSkip();
        mirror = FunctionServer.start();
        Flags flags = Flags.forBroker(broker.port())
                .with("scheduler", "PowerOfNScheduler(1,2,true,1)")
                .with("discovery-port", "19000")
                .with("functions", "echo=builtin:echo", "mirror=" + mirror.url(), "status=builtin:status");
        cluster = Cluster.startOnly(0, flags);
        for (int i = 1; i <= 2; i++) {
            cluster.add(flags.with("id", "n" + i)
                    .with("http.address", NETWORK + i + ":0")
                    .with("data", data.resolve("n" + i).toString()));
        }
        cluster.awaitComplete();
    }

    @AfterAll
    static void stop() {
        if (cluster != null) {
            cluster.close();
        }
        if (mirror != null) {
            mirror.close();
        }
        if (broker != null) {
            broker.close();
        }
    }

    private static Reply ask(String method, String path, String body, String... headers) {
        return Await.of(cluster.caller().send(method, cluster.node(1).url() + path, body.getBytes(UTF_8), headers));
    }

    private static Reply discovery(String method, String path, String body) {
        return Await.of(cluster.caller().send(method, "http://" + NETWORK + "1:19000" + path, body.getBytes(UTF_8)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "GET | / | 200 | text/plain | {\"name\":\"p2pfaas-scheduler\",\"version\":\"0.3.0b\",\"version_commit\":\"xxx\"}",
                "POST | / | 200 | text/plain | {\"name\":\"p2pfaas-scheduler\",\"version\":\"0.3.0b\",\"version_commit\":\"xxx\"}",
                "GET | /configuration | 200 | application/json | " + CONFIGURATION,
                "GET | /configuration/scheduler | 200 | application/json | " + SCHEDULER,
                "GET | /nope | 404 | text/plain | ",
                "GET | /configuration/ | 404 | text/plain | ",
                "GET | /list/ | 404 | text/plain | ",
                "POST | /peer/function/echo | 404 | text/plain | ",
                "PUT | / | 405 | text/plain | ",
                "HEAD | / | 405 | text/plain | ",
                "PUT | /configuration | 405 | text/plain | ",
                "DELETE | /configuration | 405 | text/plain | ",
                "DELETE | /configuration/scheduler | 405 | text/plain | ",
                "POST | /monitoring/load | 405 | text/plain | ",
                "POST | /list | 405 | text/plain | ",
                "POST | /function/nope | 404 | application/json | {\"code\":3,\"message\":\"Not Found: no node has the function\"}",
                "POST | /function/%3Fx | 404 | application/json | {\"code\":3,\"message\":\"Not Found: no function can have this name\"}",
            })
    void every_path_answers_as_the_original(String method, String path, int status, String type, String body) {
        Reply reply = ask(method, path, "");
        assertThat(reply.status()).isEqualTo(status);
        assertThat(reply.header("Content-Type")).startsWith(type);
        if (body != null) {
            assertThat(reply.text()).isEqualTo(body);
        }
    }

    @Test
    void the_load_is_told_in_header_fields() {
        Reply load = ask("GET", "/monitoring/load", "");
        assertThat(load.status()).isEqualTo(200);
        assertThat(load.text()).isEmpty();
        assertThat(List.of(load.header("X-P2pfaas-Load"), load.header("X-P2pfaas-Maxload")))
                .containsExactly("0", "4");
        assertThat(load.header("X-P2pfog-Queue-Length")).isEqualTo("0");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "/configuration | `` | the document is empty",
                "/configuration | { | not sound JSON",
                "/configuration | [] | is a list",
                "/configuration | null | is null",
                "/configuration | \"x\" | is \\\"x\\\"",
                "/configuration | {\"parallel_running_functions_max\":0} | parallel_running_functions_max is 0; allowed is a whole number from 1 to 10000",
                "/configuration | {\"parallel_running_functions_max\":-1} | parallel_running_functions_max is -1",
                "/configuration | {\"parallel_running_functions_max\":\"4\"} | parallel_running_functions_max is \\\"4\\\"",
                "/configuration | {\"queue_length_max\":-1} | queue_length_max is -1",
                "/configuration | {\"queue_enabled\":null} | queue_enabled is null",
                "/configuration | {\"queue_enabled\":true,\"queue_enabled\":true} | Duplicate field",
                "/configuration | {\"running_functions_max\":3,\"parallel_running_functions_max\":4} | running_functions_max is 3 while",
                "/configuration | {\"loss\":1} | no known key",
                "/configuration/scheduler | `` | the document is empty",
                "/configuration/scheduler | null | is null",
                "/configuration/scheduler | [] | is a list",
                "/configuration/scheduler | {\"name\":\"Nonsense\",\"parameters\":[]} | name is \\\"Nonsense\\\"; allowed is one of",
                "/configuration/scheduler | {\"name\":\"PowerOfNScheduler\",\"parameters\":[1,2]} | parameters[0] is 1; allowed is a string",
                "/configuration/scheduler | {\"name\":\"PowerOfNScheduler\",\"parameters\":[\"-1\"]} | is '-1'; allowed is",
            })
    void a_wrong_document_is_refused_with_code_4_and_changes_nothing(String path, String body, String message) {
        Reply reply = ask("POST", path, body == null ? "" : body);
        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.header("Content-Type")).isEqualTo("application/json");
        assertThat(reply.text()).startsWith("{\"code\":4,\"message\":\"").contains(message);
        assertThat(ask("GET", "/configuration", "").text()).isEqualTo(CONFIGURATION);
        assertThat(ask("GET", "/configuration/scheduler", "").text()).isEqualTo(SCHEDULER);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/configuration", "/configuration/scheduler"})
    void a_document_of_more_than_64_KiB_is_too_large(String path) {
        Reply reply = ask("POST", path, " ".repeat(64 * 1024 + 1));
        assertThat(reply.status()).isEqualTo(413);
        assertThat(reply.text()).contains("\"code\":4", "65536");
        assertThat(ask("POST", path, " ".repeat(64 * 1024)).status()).isEqualTo(400);
    }

    @Test
    void what_is_posted_is_answered_with_an_empty_200_and_read_again() {
        Reply capacity = ask("POST", "/configuration", "{\"running_functions_max\":6,\"queue_enabled\":false}");
        assertThat(capacity.status()).isEqualTo(200);
        assertThat(capacity.text()).isEmpty();
        assertThat(ask("GET", "/configuration", "").text())
                .isEqualTo("{\"parallel_running_functions_max\":6,\"queue_length_max\":4,\"queue_enabled\":false,"
                        + "\"running_functions_max\":6}");
        assertThat(ask("GET", "/monitoring/load", "").header("X-P2pfaas-Maxload"))
                .isEqualTo("6");
        assertThat(ask("GET", "/status", "").text()).contains("\"slots\":6").contains("\"queueMax\":0");

        String posted = "{\"name\":\"RejectScheduler\",\"parameters\":[]}";
        Reply scheduler = ask("POST", "/configuration/scheduler", posted);
        assertThat(scheduler.status()).isEqualTo(200);
        assertThat(scheduler.text()).isEmpty();
        assertThat(ask("GET", "/configuration/scheduler", "").text()).isEqualTo(posted);
        Reply rejected = ask("POST", "/function/echo", "x");
        assertThat(rejected.status()).isEqualTo(503);
        assertThat(rejected.header("X-P2pfaas-Scheduler")).isEqualTo("RejectScheduler");
        assertThat(ask("GET", "/status", "").text()).contains("\"scheduler\":\"RejectScheduler\"");

        assertThat(ask("POST", "/configuration", CONFIGURATION).status()).isEqualTo(200);
        assertThat(ask("POST", "/configuration/scheduler", SCHEDULER).status()).isEqualTo(200);
    }

    @Test
    void an_answer_from_here_has_the_fields_of_an_answer_from_here() {
        Reply here = ask("POST", "/function/echo", "x");
        assertThat(here.status()).isEqualTo(200);
        assertThat(here.header("X-P2pfaas-Version")).isEqualTo("0.3.0b");
        assertThat(here.header("X-P2pfaas-Scheduler")).isEqualTo("PowerOfNScheduler(1, 2, true, 1)");
        assertThat(here.header("X-P2pfaas-Timing-Execution-Time-Seconds")).matches("\\d+\\.\\d{6}");
        for (String what : List.of("Total", "Scheduling")) {
            String one = here.header("X-P2pfaas-Timing-" + what + "-Time-Seconds");
            assertThat(one).matches("\\d+\\.\\d{6}");
            assertThat(here.header("X-P2pfaas-Timing-" + what + "-Seconds-List"))
                    .isEqualTo("[" + one + "]");
        }
        assertThat(here.headers().map().keySet())
                .doesNotContainAnyElementsOf(List.of(
                        "X-P2pfaas-Externally-Executed",
                        "X-P2pfaas-Hops",
                        "X-P2pfaas-Peers-List-Id",
                        "X-P2pfaas-Timing-Probing-Seconds-List"));
    }

    @Test
    void an_answer_from_a_peer_says_so_origin_first() {
        Reply there = ask("POST", "/function/echo", "x", "X-P2pfaas-Scheduler-Forward", "1");
        assertThat(there.status()).isEqualTo(200);
        assertThat(there.header("X-P2pfaas-Scheduler")).isEqualTo("ForwardScheduler(1)");
        assertThat(there.header("X-P2pfaas-Externally-Executed")).isEqualTo("True");
        assertThat(there.header("X-P2pfaas-Hops")).isEqualTo("1");
        assertThat(there.header("X-P2pfaas-Peers-List-Ip")).isEqualTo("[\"" + NETWORK + "1\",\"" + NETWORK + "2\"]");
        assertThat(there.header("X-P2pfaas-Peers-List-Id")).isEqualTo("[\"n1\",\"n2\"]");
        assertThat(there.header("X-P2pfaas-Timing-Execution-Time-Seconds")).matches("\\d+\\.\\d{6}");
        String pair = "\\[\\d+\\.\\d{6},\\d+\\.\\d{6}]";
        assertThat(there.header("X-P2pfaas-Timing-Total-Seconds-List")).matches(pair);
        assertThat(there.header("X-P2pfaas-Timing-Scheduling-Seconds-List")).matches(pair);
        assertThat(there.header("X-P2pfaas-Timing-Probing-Seconds-List")).matches(pair);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Bypass | 200 | NoScheduler",
                "Reject | 503 | RejectScheduler",
            })
    void a_caller_may_choose_the_scheduler_of_its_call(String which, int status, String name) {
        Reply reply = ask("POST", "/function/echo", "x", "X-P2pfaas-Scheduler-" + which, "any");
        assertThat(reply.status()).isEqualTo(status);
        assertThat(reply.header("X-P2pfaas-Scheduler")).isEqualTo(name);
        if (status == 503) {
            assertThat(reply.text()).isEqualTo("{\"code\":401,\"message\":\"Job has been deliberately rejected\"}");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/function/nope", "/function/%3Fx"})
    void scheduler_and_version_are_named_when_nothing_runs_too(String path) {
        Reply reply = ask("POST", path, "");
        assertThat(reply.header("X-P2pfaas-Version")).isEqualTo("0.3.0b");
        assertThat(reply.header("X-P2pfaas-Scheduler")).isEqualTo("PowerOfNScheduler(1, 2, true, 1)");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Bypass", "Forward"})
    void the_tracing_id_reaches_the_function_here_and_at_a_peer(String where) {
        Reply reply = ask(
                "POST",
                "/function/mirror",
                "x",
                "X-P2pfaas-Scheduler-" + where,
                "1",
                "X-P2pfaas-Scheduler-Task-Tracing-Id",
                "n1t7");
        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.text()).containsIgnoringCase("X-P2pfaas-Scheduler-Task-Tracing-Id: n1t7");
    }

    @Test
    void the_function_may_be_called_without_a_body_and_with_get() {
        assertThat(Await.of(cluster.caller()
                                .send(
                                        "GET",
                                        cluster.function(1, "echo"),
                                        NOTHING,
                                        "X-P2pfaas-Scheduler-Bypass",
                                        "true"))
                        .status())
                .isEqualTo(200);
    }

    @Test
    void the_peers_are_listed_here_and_on_the_discovery_port_and_the_node_itself_is_not() {
        for (Reply list : List.of(ask("GET", "/list", ""), discovery("GET", "/list", ""))) {
            assertThat(list.status()).isEqualTo(200);
            assertThat(list.text())
                    .matches("\\[\\{\"_id\":1,\"ip\":\"" + NETWORK.replace(".", "\\.") + "2\",\"name\":\"n2\","
                            + "\"group_name\":\"[a-z]*\",\"ping\":\\d+\\.\\d+,\"last_update\":\\d{10,},\"alive\":true,"
                            + "\"dead_polls\":0}]");
            assertThat(list.header("p2pfaas-machine-name")).isNotEmpty();
        }
    }

    @Test
    void the_discovery_port_answers_the_set_up_script() {
        Reply hello = discovery("GET", "/", "");
        assertThat(hello.text()).isEqualTo("Welcome to the p2p-fog discovery service v0.0.4b!");
        Reply reset = discovery("GET", "/reset", "");
        assertThat(reset.status()).isEqualTo(200);
        String ip = NETWORK + "1";
        Reply set = discovery(
                "POST",
                "/configuration",
                "{\"machine_ip\":\"" + ip + "\",\"machine_id\":\"one\",\"machine_group_name\":\"lab\","
                        + "\"init_servers\":[\"" + ip + "\"]}");
        assertThat(set.status()).isEqualTo(200);
        assertThat(set.text()).isEmpty();
        Reply read = discovery("GET", "/configuration", "");
        assertThat(read.text())
                .isEqualTo("{\"machine_ip\":\"" + ip + "\",\"machine_id\":\"one\",\"machine_group_name\":\"lab\","
                        + "\"init_servers\":[\"" + ip + "\"]}");
        assertThat(read.header("p2pfaas-machine-ip")).isEqualTo(ip);
        assertThat(read.header("p2pfaas-machine-name")).isEqualTo("one");
        assertThat(read.header("p2pfaas-machine-group-name")).isEqualTo("lab");
        assertThat(discovery("POST", "/configuration", "{\"machine_ip\":7}").status())
                .isEqualTo(400);
        assertThat(discovery("POST", "/list", "").status()).isEqualTo(405);
        assertThat(discovery("GET", "/function/echo", "").status()).isEqualTo(404);
    }

    @Test
    void the_benchmarks_checks_find_all_nodes_alike() {
        for (String path : List.of("/", "/configuration", "/configuration/scheduler")) {
            assertThat(cluster.caller().get(cluster.node(2).url() + path))
                    .isEqualTo(cluster.caller().get(cluster.node(1).url() + path));
        }
        assertThat(discovery("GET", "/list", "").text().split("alive", -1)).hasSize(2);
    }
}
