package io.p2pfaas.node.cluster;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.offset;

import io.p2pfaas.node.app.Node;
import io.p2pfaas.node.testing.Fault;
import io.p2pfaas.node.testing.MosquittoProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The learner as clients of P2PFaaS's see it, over real sockets, on a loopback address with the original's port. */
final class LearnerIT {
    private static final String HOST = "127." + ThreadLocalRandom.current().nextInt(50, 250) + "."
            + ThreadLocalRandom.current().nextInt(1, 250) + ".1";
    private static final String PARAMETERS = "{\"name\":\"SarsaQTable\",\"parameters\":{\"actions_n\":3,\"alpha\":0.1,"
            + "\"beta\":0.1,\"window_size\":3,\"epsilon_start\":0.9,\"epsilon_min\":0.1,\"epsilon_decay\":0.99,"
            + "\"epsilon_decay_enabled\":true,\"entry_missing_max_attempts\":100}}";
    /** What A3 teaches, as a client sends it: with the numbers as it got them. */
    private static final String GOLDEN = "["
            + "{\"eid\":1,\"state\":\"0,1,0\",\"action\":1.0,\"reward\":1},"
            + "{\"eid\":2,\"state\":\"0.000000,2.000000,1.000000\",\"action\":2.0,\"reward\":0},"
            + "{\"eid\":3,\"state\":\"1,0,0\",\"action\":0,\"reward\":1},"
            + "{\"eid\":4,\"state\":\"0,1,0\",\"action\":1,\"reward\":0.0},"
            + "{\"eid\":5,\"state\":\"0,1,0\",\"action\":1,\"reward\":1},"
            + "{\"eid\":6,\"state\":\"0,2,1\",\"action\":2,\"reward\":1},"
            + "{\"eid\":7,\"state\":\"1,0,0\",\"action\":0,\"reward\":0}]";

    private static MosquittoProcess broker;

    @TempDir
    private Path data = Path.of(".");

    private @Nullable Cluster running;

    @BeforeAll
    static void startBroker() {
        broker = MosquittoProcess.startOrSkip();
    }

    @AfterAll
    static void stopBroker() {
        if (broker != null) {
            broker.close();
        }
    }

    private static Flags flags() {
        return Flags.forBroker(broker.port())
                .with("http.address", HOST + ":0")
                .with("learner-port", "19020")
                .with("learner.parameters", "actions_n=3 alpha=0.1 beta=0.1 window_size=3")
                .with("scheduler", "LearningScheduler(1)")
                .with("functions", "echo=builtin:echo");
    }

    @BeforeEach
    void start() {
        start(flags());
    }

    private void start(Flags flags) {
        stop();
        running = Cluster.startOnly(0, flags);
        running.add(flags.with("id", "n1").with("data", data.toString()));
    }

    @AfterEach
    void stop() {
        if (running != null) {
            running.close();
        }
        running = null;
    }

    private Cluster cluster() {
        return Objects.requireNonNull(running);
    }

    private Reply ask(String method, String path, String body, String... fields) {
        return Await.of(
                cluster().caller().send(method, "http://" + HOST + ":19020" + path, body.getBytes(UTF_8), fields));
    }

    private Reply get(String path, String... fields) {
        return ask("GET", path, "", fields);
    }

    private Reply call(String... fields) {
        return Await.of(cluster().caller().post(cluster().function(1, "echo"), "hi".getBytes(UTF_8), fields));
    }

    private static String[] lesson(String eid, String state, String action, String reward) {
        return new String[] {
            "X-P2pfaas-Learning-Eid", eid,
            "X-P2pfaas-Learning-State", state,
            "X-P2pfaas-Learning-Action", action,
            "X-P2pfaas-Learning-Reward", reward
        };
    }

    private static void isFailed(Reply reply, String why) {
        assertThat(reply.status()).isEqualTo(500);
        assertThat(reply.text()).isEmpty();
        assertThat(reply.header("X-P2pfaas-Learning-Error")).contains(why);
    }

    private static double number(String json, String field) {
        String rest = json.substring(json.indexOf("\"" + field + "\":") + field.length() + 3);
        return Double.parseDouble(rest.replaceFirst("[,}].*", ""));
    }

    @Test
    void it_presents_itself_and_its_parameters() {
        assertThat(get("/").text()).isEqualTo("This is p2pfaas-learner v0.0.1b.");
        assertThat(get("/learner/parameters").text()).isEqualTo(PARAMETERS);
        assertThat(get("/learner/stats").text())
                .startsWith(
                        "{\"inferences\":0,\"trained_items\":0,\"epsilon\":0.9,\"episodes\":0,\"pending_entries\":0,"
                                + "\"eid_max_seen\":0,\"eid_last_trained\":0,");
        assertThat(get("/learner/weights").text())
                .isEqualTo("{\"actions_map\":{\"0\":0,\"1\":1,\"2\":2},\"states_map\":{},\"table\":[]}");
        assertThat(get("/nope").status()).isEqualTo(404);
        assertThat(ask("POST", "/train", "").status()).isEqualTo(405);
        assertThat(get("/train_batch").status()).isEqualTo(405);
    }

    @Test
    void an_action_is_its_body_and_epsilon_its_header() {
        Reply first = get("/act", "X-P2pfaas-Learning-State", "0.000000,1.000000,0.000000");
        assertThat(first.status()).isEqualTo(200);
        assertThat(first.text()).matches("[012]");
        assertThat(first.header("X-P2pfaas-Eps")).isEqualTo("0.9");
        assertThat(get("/act", "X-P2pfaas-Learning-State", "0").header("X-P2pfaas-Eps"))
                .isEqualTo("0.891");
        isFailed(get("/act"), "X-P2pfaas-Learning-State is missing");
        isFailed(get("/act", "X-P2pfaas-Learning-State", "a,b"), "for example 0,1,0");
    }

    @Test
    void a_batch_gives_the_values_of_the_correct_rule() {
        Reply taught = ask("POST", "/train_batch", GOLDEN);
        assertThat(taught.status() + taught.text()).isEqualTo("200ok");
        String stats = get("/learner/stats").text();
        assertThat(stats).contains("\"trained_items\":6,", "\"episodes\":2,", "\"pending_entries\":1,");
        assertThat(stats).contains("\"eid_max_seen\":7,", "\"eid_last_trained\":6,");
        assertThat(number(stats, "average_reward")).isCloseTo(0.24562, offset(1e-9));
        assertThat(get("/learner/weights").text())
                .contains("\"states_map\":{\"0,1,0\":0,\"0,2,1\":1,\"1,0,0\":2}", "[0.0,0.15462");
        Reply again = ask("POST", "/train_batch", GOLDEN);
        assertThat(again.text()).isEqualTo("ok");
        assertThat(again.header("X-P2pfaas-Learning-Refused")).isEqualTo("7");
    }

    @Test
    void compat_gives_the_values_of_the_original() {
        start(flags().with("learner.rule", "compat"));
        ask("POST", "/train_batch", GOLDEN);
        assertThat(get("/learner/weights").text()).contains("\"states_map\":{\"010\":0,\"021\":1}", "[0.0,0.1878");
        assertThat(number(get("/learner/stats").text(), "average_reward")).isCloseTo(1.0768, offset(1e-9));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "`` | not a list",
                "[] | empty",
                "{} | not a list",
                "[1] | no object",
                "[{\"eid\":2,\"state\":\"0\",\"action\":1,\"reward\":\"x\"}] | reward",
                "[{\"eid\":1.5,\"state\":\"0\",\"action\":1,\"reward\":1}] | eid",
                "[{\"eid\":-1,\"state\":\"0\",\"action\":1,\"reward\":1}] | eid",
                "[{\"eid\":1,\"action\":1,\"reward\":1}] | no state",
                "[{\"eid\":1,\"state\":\"0\",\"action\":3,\"reward\":1}] | no such action",
                "[{\"eid\":1,\"state\":\"0\",\"action\":1,\"reward\":1} | JSON",
                "[{\"eid\":1,\"state\":[0],\"action\":1,\"reward\":1}] | for example 0,1,0",
            })
    void a_wrong_batch_is_500_and_empty_and_the_header_says_why(String body, String why) {
        isFailed(ask("POST", "/train_batch", body == null ? "" : body), why);
        assertThat(get("/").status()).isEqualTo(200);
    }

    @Test
    void entries_before_a_wrong_one_are_kept() {
        isFailed(
                ask("POST", "/train_batch", "[{\"eid\":1,\"state\":\"0\",\"action\":1,\"reward\":1},{\"eid\":2}]"),
                "no state");
        assertThat(get("/learner/stats").text()).contains("\"pending_entries\":1,");
    }

    @Test
    void single_entries_are_taught_by_header_fields() {
        for (String eid : new String[] {"1", "2", "3"}) {
            assertThat(get("/train", lesson(eid, "0,1,0", "1.000000", "1")).text())
                    .isEqualTo("ok");
        }
        Reply late = get("/train", lesson("2", "0,1,0", "1", "1"));
        assertThat(late.status()).isEqualTo(200);
        assertThat(late.header("X-P2pfaas-Learning-Refused")).contains("trained already");
        isFailed(get("/train", lesson("x", "0,1,0", "1", "1")), "x");
        isFailed(get("/train", lesson("4", "0,1,0", "1", "NaN")), "reward");
        isFailed(get("/train", lesson("4", "0,1,0", "99", "1")), "no such action");
        isFailed(get("/train", lesson("4", "0,1,0", "0.5", "1")), "action is '0.5'");
        isFailed(get("/train"), "X-P2pfaas-Learning-Eid is missing");
        assertThat(get("/learner/stats").text()).contains("\"trained_items\":3,", "\"refused_entries\":2,");
    }

    @Test
    void what_the_set_up_script_sends_is_taken_and_survives_a_restart() throws IOException {
        Reply set = ask(
                "POST",
                "/learner/parameters",
                "{\"actions_n\":14,\"alpha\":0.001,\"beta\":0.1,\"window_size\":10,\"epsilon\":0.9,"
                        + "\"epsilon_min\":0.05,\"epsilon_decay\":0.9995,\"entry_missing_max_attempts\":50}");
        assertThat(set.status() + set.text()).isEqualTo("200");
        String parameters = get("/learner/parameters").text();
        assertThat(parameters).contains("\"actions_n\":14,\"alpha\":0.001,\"beta\":0.1,\"window_size\":10,");
        assertThat(Files.readString(data.resolve("p2pfaas_learner.json")))
                .startsWith("{\"learner_name\":\"SarsaQTable\",\"learner_parameters\":{\"actions_n\":14,");
        // The table has its columns until a reset.
        isFailed(get("/train", lesson("1", "0", "13", "1")), "no such action");
        assertThat(get("/learner/reset").status()).isEqualTo(200);
        assertThat(get("/train", lesson("1", "0", "13", "1")).text()).isEqualTo("ok");
        start();
        assertThat(get("/learner/parameters").text()).isEqualTo(parameters);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "`` | not one object",
                "[] | not one object",
                "{ | JSON",
                "null | not one object",
                "{\"alpha\":2} | alpha is 2",
                "{\"alpha\":null} | alpha is 'null'",
                "{\"actions_n\":0} | actions_n is 0",
                "{\"actions_n\":{}} | actions_n",
                "{\"epsilon_decay_enabled\":1} | epsilon_decay_enabled is '1'",
                "{\"alpha\":0.5} {} | behind",
            })
    void wrong_parameters_are_500_and_empty_and_change_nothing(String body, String why) {
        isFailed(ask("POST", "/learner/parameters", body == null ? "" : body), why);
        assertThat(get("/learner/parameters").text()).isEqualTo(PARAMETERS);
    }

    @Test
    void a_session_calls_learns_of_the_choice_teaches_and_reads_what_came_of_it() {
        for (int eid = 1; eid <= 3; eid++) {
            Reply reply = call("X-P2pfaas-Scheduler-Learning-Task-Type", "0");
            assertThat(reply.header("X-P2pfaas-Scheduler")).isEqualTo("LearningScheduler(1)");
            assertThat(reply.header("X-P2pfaas-Scheduler-Learning-Eid")).isEqualTo(Integer.toString(eid));
            assertThat(reply.header("X-P2pfaas-Scheduler-Learning-State")).isEqualTo("0.000000,0.000000,0.000000");
            String action = reply.header("X-P2pfaas-Scheduler-Learning-Action");
            assertThat(action).matches("[012]\\.000000");
            assertThat(reply.header("X-P2pfaas-Scheduler-Learning-Eps")).matches("0\\.[89]\\d{5}");
            // Also the answer of a call that was rejected names its choice.
            assertThat(reply.status()).isEqualTo(action.startsWith("0") ? 503 : 200);
            Reply taught = get(
                    "/train",
                    lesson(
                            reply.header("X-P2pfaas-Scheduler-Learning-Eid"),
                            reply.header("X-P2pfaas-Scheduler-Learning-State"),
                            action,
                            reply.status() == 200 ? "1" : "0"));
            assertThat(taught.text()).isEqualTo("ok");
        }
        assertThat(get("/learner/stats").text()).contains("\"inferences\":3,\"trained_items\":3,");
        Reply bypassed = call("X-P2pfaas-Scheduler-Bypass", "true");
        assertThat(bypassed.status()).isEqualTo(200);
        assertThat(bypassed.header("X-P2pfaas-Scheduler-Learning-Eid")).isEmpty();
        assertThat(call().header("X-P2pfaas-Scheduler-Learning-Eid")).isEqualTo("5");
    }

    @Fault(
            in = Fault.Area.NODE,
            fault = "restart of a learning node",
            promise = "it goes on with the weights that it had")
    @Test
    void the_node_learns_from_deadlines_that_rejecting_is_hopeless_and_goes_on_after_a_restart() {
        // At first nearly all is chance: 14 of 100 are rejected by it. After 800 calls there is none: 0.98^800 is 1e-7.
        ask("POST", "/learner/parameters", "{\"epsilon_start\":1,\"epsilon_min\":0,\"epsilon_decay\":0.98}");
        get("/learner/reset");
        int early = rejected(100);
        rejected(700);
        assertThat(early).isPositive();
        assertThat(rejected(100)).isZero();
        String before = get("/learner/stats").text();
        assertThat(number(before, "trained_items")).isGreaterThanOrEqualTo(897);
        String weights = get("/learner/weights").text();

        start();
        assertThat(get("/learner/weights").text()).isEqualTo(weights);
        String after = get("/learner/stats").text();
        assertThat(number(after, "trained_items")).isEqualTo(number(before, "trained_items"));
        assertThat(number(after, "epsilon")).isEqualTo(number(before, "epsilon"));
        assertThat(rejected(100)).isZero();

        get("/learner/reset");
        assertThat(get("/learner/weights").text()).endsWith("\"states_map\":{},\"table\":[]}");
    }

    private int rejected(int calls) {
        int rejected = 0;
        for (int i = 0; i < calls; i++) {
            rejected += call("X-P2pfaas-Scheduler-Learning-Deadline", "5s").status() == 503 ? 1 : 0;
        }
        return rejected;
    }

    @Fault(
            in = Fault.Area.MACHINE,
            fault = "a damaged weights file",
            promise = "it is put aside; the learner begins anew")
    @Test
    void weights_that_were_damaged_are_put_aside_and_the_learner_begins_anew() throws IOException {
        ask("POST", "/train_batch", GOLDEN);
        stop();
        Path file = data.resolve("p2pfaas_learner_weights.json");
        String whole = Files.readString(file);
        assertThat(whole).contains("\"rule\":\"correct\"", "\"trained\":6");
        String half = whole.substring(0, whole.length() / 2);
        Files.writeString(file, half);
        start();
        assertThat(get("/learner/stats").text()).contains("\"trained_items\":0,");
        assertThat(Files.readString(data.resolve("p2pfaas_learner_weights.json.broken")))
                .isEqualTo(half);
        assertThat(call().header("X-P2pfaas-Scheduler-Learning-Eid")).isEqualTo("1");
    }

    @Test
    void without_the_setting_nobody_listens() {
        stop();
        running = Cluster.startOnly(0, flags());
        Node node = running.add(Flags.forBroker(broker.port())
                .with("http.address", HOST + ":0")
                .with("id", "n1")
                .with("functions", "echo=builtin:echo"));
        assertThat(node.url()).contains(HOST);
        assertThatThrownBy(() -> get("/")).hasRootCauseInstanceOf(IOException.class);
    }
}
