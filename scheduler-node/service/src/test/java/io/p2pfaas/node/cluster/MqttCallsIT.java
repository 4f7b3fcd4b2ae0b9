package io.p2pfaas.node.cluster;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.p2pfaas.node.testing.MosquittoProcess;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.eclipse.paho.mqttv5.common.packet.MqttProperties;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Two nodes of one slot each, called by MQTT clients of both versions. */
final class MqttCallsIT {
    private static final String ANY = "p2pfaas/v1/fn/";
    private static final byte[] HELLO = "hello".getBytes(UTF_8);

    private static MosquittoProcess broker;
    private static Cluster cluster;
    private Mqtt5Caller caller;

    @BeforeAll
    static void start() {
        broker = MosquittoProcess.startOrSkip();
        cluster = Cluster.of(2, flags());
    }

    private static Flags flags() {
        return Flags.forBroker(broker.port())
                .with("slots", "1")
                .with("queue", "0")
                .with("http.max-body", "64KiB")
                .with(
                        "functions",
                        "echo=builtin:echo",
                        "status=builtin:status",
                        "nap=builtin:sleep?mean=300ms",
                        "long=builtin:sleep?mean=1s",
                        "endless=builtin:sleep?mean=1h");
    }

    @AfterAll
    static void stop() {
        if (cluster != null) {
            cluster.close();
        }
        if (broker != null) {
            broker.close();
        }
    }

    @BeforeEach
    void connect() throws MqttException {
        caller = new Mqtt5Caller(broker.port(), "caller-" + System.nanoTime());
    }

    @AfterEach
    void disconnect() throws MqttException {
        caller.close();
        cluster.awaitIdle();
        cluster.metrics();
    }

    @ParameterizedTest
    @ValueSource(strings = {"fn/echo", "node/n1/fn/echo", "node/n2/fn/echo"})
    void an_answer_comes_back_with_what_the_caller_needs_to_know_it_by(String topic) throws MqttException {
        MqttProperties request = caller.request();
        request.setContentType("text/x-greeting");

        Mqtt5Caller.Answer answer = caller.call("p2pfaas/v1/" + topic, HELLO, request);

        assertThat(answer.topic()).isEqualTo(caller.inbox());
        assertThat(answer.body()).isEqualTo(HELLO);
        assertThat(answer.contentType()).isEqualTo("text/x-greeting");
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.property("X-P2pfaas-Version")).isNotEmpty();
    }

    @Test
    void a_call_without_guaranteed_delivery_is_answered_too() throws MqttException {
        MqttProperties request = caller.request();

        caller.publish(ANY + "echo", HELLO, 0, request);

        assertThat(caller.await(request, 1).get(0).body()).isEqualTo(HELLO);
    }

    @Test
    void the_functions_own_status_is_the_callers() throws MqttException {
        Mqtt5Caller.Answer answer =
                caller.call(ANY + "status", HELLO, caller.request("uri-query", "code=404"));

        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.body()).isEqualTo(HELLO);
        assertThat(answer.property("reason")).isEmpty();
    }

    @Test
    void a_full_cluster_refuses_with_a_reason() throws MqttException {
        List<CompletableFuture<Reply>> occupants = occupyEverySlot();

        Mqtt5Caller.Answer answer = caller.call(ANY + "echo", HELLO, caller.request());

        assertThat(answer.status()).isEqualTo(500);
        assertThat(answer.property("code")).isEqualTo("400");
        assertThat(answer.property("reason")).isIn("no_taker", "no_slot", "queue_full");
        assertThat(answer.property("retry-after")).isEqualTo("1");
        assertThat(answer.text()).startsWith("{\"code\":400,\"message\":\"Job cannot be scheduled");
        assertThat(occupants.stream().map(Await::of)).extracting(Reply::status).containsOnly(200);
    }

    private static List<CompletableFuture<Reply>> occupyEverySlot() {
        List<CompletableFuture<Reply>> occupants = IntStream.of(1, 2)
                .mapToObj(node -> cluster.caller()
                        .post(cluster.function(node, "long"), new byte[0], "X-P2pfaas-Scheduler-Bypass", "1"))
                .toList();
        Await.until("every slot is taken", () -> IntStream.of(1, 2).allMatch(node -> cluster.node(node)
                .look(brain -> brain.load().running() == 1)));
        return occupants;
    }

    @Test
    void a_refused_call_may_be_sent_again_and_is_then_taken() throws MqttException {
        List<CompletableFuture<Reply>> occupants = occupyEverySlot();
        MqttProperties request = caller.request();
        assertThat(caller.call("p2pfaas/v1/node/n1/fn/echo", HELLO, request).status())
                .isEqualTo(500);
        occupants.forEach(Await::of);
        cluster.awaitIdle();

        caller.publish("p2pfaas/v1/node/n1/fn/echo", HELLO, 1, request);

        assertThat(caller.await(request, 2).get(1).status()).isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource({"nonsense", "no way", "naïve"})
    void an_unknown_function_is_not_found_however_often_it_is_asked_for(String function) throws MqttException {
        MqttProperties request = caller.request();
        caller.publish(ANY + function, HELLO, 1, request);
        Mqtt5Caller.Answer first = caller.await(request, 1).get(0);
        caller.publish("p2pfaas/v1/node/n1/fn/" + function, HELLO, 1, request);
        caller.publish("p2pfaas/v1/node/n1/fn/" + function, HELLO, 1, request);

        assertThat(first.status()).isEqualTo(404);
        assertThat(first.property("reason")).isEqualTo("unknown_function");
        assertThat(caller.await(request, 3)).extracting(Mqtt5Caller.Answer::status).containsOnly(404);
    }

    @Test
    void too_large_a_body_is_refused() throws MqttException {
        Mqtt5Caller.Answer answer = caller.call(ANY + "echo", new byte[64 * 1024 + 1], caller.request());
        Mqtt5Caller.Answer next = caller.call(ANY + "echo", new byte[64 * 1024], caller.request());

        assertThat(answer.status()).isEqualTo(413);
        assertThat(next.status()).isEqualTo(200);
        assertThat(next.body()).hasSize(64 * 1024);
    }

    @Test
    void a_repeat_gets_the_stored_answer_and_is_not_run_again() throws MqttException {
        MqttProperties request = caller.request();
        Mqtt5Caller.Answer answer = caller.call("p2pfaas/v1/node/n1/fn/echo", HELLO, request);
        long executions = cluster.executions();

        caller.publish("p2pfaas/v1/node/n1/fn/echo", "other".getBytes(UTF_8), 1, request);
        Mqtt5Caller.Answer again = caller.await(request, 2).get(1);

        assertThat(again.body()).isEqualTo(answer.body());
        assertThat(again.properties()).isEqualTo(answer.properties());
        assertThat(cluster.executions()).isEqualTo(executions);
    }

    @Test
    void a_repeat_of_a_call_that_still_runs_is_not_run_again() throws MqttException {
        long executions = cluster.executions();
        MqttProperties request = caller.request();
        caller.publish("p2pfaas/v1/node/n1/fn/nap", HELLO, 1, request);
        caller.publish("p2pfaas/v1/node/n1/fn/nap", HELLO, 1, request);

        assertThat(caller.await(request, 1).get(0).status()).isEqualTo(200);
        cluster.awaitIdle();
        assertThat(cluster.executions()).isEqualTo(executions + 1);
    }

    @Test
    void a_call_whose_budget_is_shorter_than_its_run_expires() throws MqttException {
        MqttProperties request = caller.request();
        request.setMessageExpiryInterval(1L);

        Mqtt5Caller.Answer answer = caller.call(ANY + "endless", HELLO, request);

        assertThat(answer.status()).isEqualTo(504);
        assertThat(answer.property("reason")).isEqualTo("expired_running");
    }

    @Test
    void a_call_that_nobody_wants_an_answer_to_runs() throws MqttException {
        long executions = cluster.executions();

        caller.publish(ANY + "echo", HELLO, 1, new MqttProperties());

        Await.until("it has run", () -> cluster.executions() == executions + 1);
        assertThat(caller.received()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "p2pfaas/v1/node/n1/state",
                "p2pfaas/v1/fn/echo",
                "p2pfaas/v1/dev/d1/req/echo/1",
                "p2pfaas/v1/cli",
                "elsewhere/rsp",
                "p2pfaas/v2/cli/me/rsp"
            })
    void a_call_whose_answer_would_go_where_it_must_not_is_neither_run_nor_answered(String topic)
            throws MqttException {
        long executions = cluster.executions();
        long refused = cluster.sum("p2pfaas_link_unanswerable_total");
        caller.listen("elsewhere/#");
        caller.listen("p2pfaas/v1/fn/#");
        caller.listen("p2pfaas/v1/dev/#");
        MqttProperties request = caller.request();
        request.setResponseTopic(topic);

        caller.publish("p2pfaas/v1/node/n1/fn/echo", HELLO, 1, request);

        Await.until("it is refused", () -> cluster.sum("p2pfaas_link_unanswerable_total") == refused + 1);
        // An answer would overtake nothing: what is asked after it is answered after it.
        caller.call("p2pfaas/v1/node/n1/fn/echo", HELLO, caller.request());
        assertThat(caller.received()).hasSize(1);
        assertThat(cluster.executions()).isEqualTo(executions + 1);
    }

    @Test
    void a_retained_call_does_not_run_when_a_node_finds_it() throws MqttException {
        MqttProperties request = caller.request();
        String topic = "p2pfaas/v1/node/n3/fn/echo";
        caller.publishRetained(topic, HELLO, request);
        try (Cluster late = Cluster.startOnly(0, flags())) {
            late.add(flags().with("id", "n3"));
            late.awaitLinks();
            caller.call(topic, HELLO, caller.request());

            assertThat(caller.received()).hasSize(1);
            assertThat(late.executions()).isEqualTo(1);
        } finally {
            caller.publishRetained(topic, new byte[0], new MqttProperties());
        }
    }

    @Test
    void a_3_1_1_device_gets_answers_and_failures_on_topics_that_tell_them_apart() throws Exception {
        try (Device device = new Device(broker.port(), "p2pfaas", "d1")) {
            assertThat(device.call("echo", "r1", "hello")).isEqualTo(new Device.Answer("r1", "hello"));
            Device.Answer unknown = device.call("nonsense", "r2", "hello");
            assertThat(unknown.topic()).isEqualTo("r2/404");
            assertThat(unknown.text()).startsWith("{\"code\":3,");
            List<CompletableFuture<Reply>> occupants = occupyEverySlot();
            Device.Answer refused = device.call("echo", "r3", "hello");
            assertThat(refused.topic()).isEqualTo("r3/500");
            assertThat(refused.text()).startsWith("{\"code\":400,");
            occupants.forEach(Await::of);
            cluster.awaitIdle();
            assertThat(device.call("echo", "r3", "now")).isEqualTo(new Device.Answer("r3", "now"));
        }
    }

    @Test
    void a_3_1_1_device_that_asks_twice_is_answered_twice_and_served_once() throws Exception {
        // A cluster of its own: where there are several nodes, each knows only the calls that it was dealt itself.
        try (Cluster solo = Cluster.startOnly(0, flags());
                Device device = new Device(broker.port(), "site/solo", "d2")) {
            solo.add(flags().with("broker.root", "site/solo").with("id", "solo"));
            solo.awaitLinks();
            device.call("echo", "r1", "hello");
            Device.Answer again = device.call("echo", "r1", "other");

            assertThat(again).isEqualTo(new Device.Answer("r1", "hello"));
            assertThat(solo.executions()).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "mqttv5, p2pfaas/v1/fn/echo, p2pfaas/v1/cli/rr/rsp",
        "mqttv311, p2pfaas/v1/dev/rr/req/echo/7, p2pfaas/v1/dev/rr/rsp/7"
    })
    void mosquitto_rr_gets_its_answer(String version, String topic, String answers) throws IOException {
        assumeThat(isOnPath("mosquitto_rr")).as("mosquitto_rr is on the PATH").isTrue();
        Process asked = new ProcessBuilder(
                        "mosquitto_rr",
                        "-p",
                        Integer.toString(broker.port()),
                        "-V",
                        version,
                        "-t",
                        topic,
                        "-e",
                        answers,
                        "-m",
                        "hello",
                        "-W",
                        "10")
                .redirectErrorStream(true)
                .start();

        assertThat(new String(asked.getInputStream().readAllBytes(), UTF_8)).isEqualTo("hello\n");
    }

    private static boolean isOnPath(String program) {
        return Arrays.stream(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
    }
}
