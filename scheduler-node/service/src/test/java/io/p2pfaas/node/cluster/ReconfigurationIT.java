package io.p2pfaas.node.cluster;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.p2pfaas.node.testing.Fault;
import io.p2pfaas.node.testing.MosquittoProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.eclipse.paho.mqttv5.common.packet.MqttProperties;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Slots, queue and algorithm change while calls run, and no call is the worse for it. */
final class ReconfigurationIT {
    private static final String SCHEDULER_TOPIC = "p2pfaas/v1/config/scheduler";
    private static final String NODE_TOPIC = "p2pfaas/v1/config/node";
    private static final List<String> SCHEDULERS = List.of(
            "{\"name\":\"BrokerMatch\",\"parameters\":[]}",
            "{\"name\":\"PowerOfNScheduler\",\"parameters\":[\"1\",\"2\",\"true\",\"1\"]}",
            "{\"name\":\"LeastLoadedSpill\",\"parameters\":[]}",
            "{\"name\":\"ForwardScheduler\",\"parameters\":[\"2\"]}",
            "{\"name\":\"NoScheduler\",\"parameters\":[]}");

    @TempDir
    private Path folder = Path.of(".");

    private final GatedFunction gated = GatedFunction.start();
    private MosquittoProcess broker;

    @BeforeEach
    void startBroker() {
        broker = MosquittoProcess.startOrSkip();
    }

    @AfterEach
    void stopBroker() {
        gated.close();
        if (broker != null) {
            broker.close();
        }
    }

    private Flags flags() {
        return Flags.forBroker(broker.port())
                .with("scheduler", "NoScheduler")
                .with("functions", "nap=builtin:sleep?mean=20ms", "gated=" + gated.url());
    }

    private static Reply post(Cluster cluster, int node, String path, String json) {
        return Await.of(cluster.caller().post(cluster.node(node).url() + path, json.getBytes(UTF_8)));
    }

    private static void change(Cluster cluster, int node, String path, String json) {
        Reply reply = post(cluster, node, path, json);
        assertThat(reply.status()).as("%s", reply).isEqualTo(200);
    }

    private static int running(Cluster cluster) {
        return cluster.node(1).look(brain -> brain.load().running());
    }

    private static List<CompletableFuture<Reply>> calls(Cluster cluster, String function, int count) {
        return Stream.generate(() -> cluster.caller().post(cluster.function(1, function)))
                .limit(count)
                .toList();
    }

    @Test
    void slots_that_are_raised_are_used_at_once_by_those_who_wait() {
        // One I/O thread: all connections to the function come from one pool, made when there was one slot.
        Flags flags = flags().with("slots", "1").with("queue", "7").with("http.io-threads", "1");
        try (Cluster cluster = Cluster.startOnly(1, flags)) {
            List<CompletableFuture<Reply>> calls = calls(cluster, "gated", 8);
            Await.until(
                    "one runs and seven wait",
                    () -> cluster.node(1)
                            .look(brain ->
                                    brain.load().running() == 1 && brain.load().queued() == 7));

            change(cluster, 1, "/configuration", "{\"parallel_running_functions_max\":8}");

            assertThat(running(cluster)).isEqualTo(8);
            Await.until("the function has all of them", () -> gated.held() == 8);
            change(cluster, 1, "/configuration", "{\"parallel_running_functions_max\":1,\"queue_length_max\":0}");
            assertThat(running(cluster)).as("what runs goes on").isEqualTo(8);
            gated.open();
            assertThat(calls.stream().map(Await::of)).extracting(Reply::status).containsOnly(200);
            cluster.assertAllEnded(8, 8);
        }
    }

    @Test
    void the_algorithm_changes_while_a_function_runs() {
        try (Cluster cluster = Cluster.of(2, flags())) {
            List<CompletableFuture<Reply>> before = calls(cluster, "gated", 1);
            Await.until("it runs", () -> gated.held() == 1);

            change(cluster, 1, "/configuration/scheduler", SCHEDULERS.get(3));

            Reply after = Await.of(cluster.caller().post(cluster.function(1, "nap")));
            assertThat(after.header("X-P2pfaas-Scheduler")).isEqualTo("ForwardScheduler(2)");
            assertThat(after.path()).containsExactly("n1", "n2");
            assertThat(running(cluster)).as("the first call goes on").isEqualTo(1);
            gated.open();
            assertThat(Await.of(before.get(0)).status()).isEqualTo(200);
            cluster.assertAllEnded(2, 2);
        }
    }

    @Fault(in = Fault.Area.NODE, fault = "twenty changes of settings under load", promise = "no call is lost")
    @Test
    void twenty_changes_under_load_lose_no_call() throws MqttException {
        try (Cluster cluster = Cluster.of(3, flags());
                Mqtt5Caller admin = new Mqtt5Caller(broker.port(), "admin")) {
            List<String> urls = IntStream.of(1, 2, 3)
                    .mapToObj(node -> cluster.function(node, "nap"))
                    .toList();
            SteadyLoad load = SteadyLoad.start(cluster.caller(), 90, urls);
            for (int i = 0; i < 20; i++) {
                String scheduler = SCHEDULERS.get(i % SCHEDULERS.size());
                String capacity = "{\"parallel_running_functions_max\":" + (1 + i % 7) + ",\"queue_enabled\":"
                        + (i % 3 != 0) + "}";
                if (i % 2 == 0) {
                    change(cluster, 1 + i % 3, "/configuration/scheduler", scheduler);
                    change(cluster, 1 + i % 3, "/configuration", capacity);
                } else {
                    changeAll(admin, SCHEDULER_TOPIC, scheduler);
                    changeAll(admin, NODE_TOPIC, capacity);
                }
                load.awaitMore(15);
            }
            List<SteadyLoad.Told> told = load.stop();

            List<SteadyLoad.Told> done =
                    told.stream().filter(SteadyLoad.Told::isDone).toList();
            assertThat(told.stream().filter(call -> !call.isDone())).allSatisfy(call -> {
                assertThat(call.failure()).isNull();
                // Nothing but an honest "no room": with one slot and no queue there may be none.
                assertThat(call.reply()).isNotNull();
                assertThat(String.valueOf(call.reply())).startsWith("500 ").contains("\"code\":400");
            });
            assertThat(done).hasSizeGreaterThan(told.size() / 2);
            cluster.assertAllEnded(told.size(), done.size());
        }
    }

    private static List<String> changeAll(Mqtt5Caller admin, String topic, String json) throws MqttException {
        MqttProperties request = admin.request();
        admin.publishRetained(topic, json.getBytes(UTF_8), request);
        return admin.await(request, 3).stream().map(Mqtt5Caller.Answer::text).toList();
    }

    @Test
    void one_retained_message_changes_all_nodes_and_those_that_come_later() throws MqttException {
        try (Cluster cluster = Cluster.of(3, flags());
                Mqtt5Caller admin = new Mqtt5Caller(broker.port(), "admin")) {
            assertThat(changeAll(admin, SCHEDULER_TOPIC, SCHEDULERS.get(1)))
                    .containsExactlyInAnyOrder(
                            "{\"node\":\"n1\",\"applied\":true}",
                            "{\"node\":\"n2\",\"applied\":true}",
                            "{\"node\":\"n3\",\"applied\":true}");
            changeAll(admin, NODE_TOPIC, "{\"parallel_running_functions_max\":7}");
            cluster.add(flags().with("id", "n4"));

            for (int node = 1; node <= 4; node++) {
                String url = cluster.node(node).url();
                Await.until(
                        () -> "the node follows: " + cluster.caller().get(url + "/status"),
                        () -> cluster.caller()
                                        .get(url + "/configuration/scheduler")
                                        .equals(SCHEDULERS.get(1))
                                && cluster.caller()
                                        .get(url + "/configuration")
                                        .contains("\"parallel_running_functions_max\":7"));
            }
            assertThat(RetainedMessages.on(broker.port(), "p2pfaas/v1/node/n1/state")
                            .get("p2pfaas/v1/node/n1/state"))
                    .contains("\"slots\":7");
        }
    }

    @Fault(
            in = Fault.Area.MESSAGE,
            fault = "a wrong configuration message",
            promise = "it is answered and counted; nothing changes")
    @Test
    void a_wrong_message_is_answered_and_counted_and_changes_nothing() throws MqttException {
        try (Cluster cluster = Cluster.of(3, flags());
                Mqtt5Caller admin = new Mqtt5Caller(broker.port(), "admin")) {
            for (String json : List.of("{\"parallel_running_functions_max\":0}", "null", "[]", "{", "\0")) {
                assertThat(changeAll(admin, NODE_TOPIC, json))
                        .allSatisfy(answer -> assertThat(answer).contains("\"applied\":false,\"code\":4"));
            }
            admin.publishRetained("p2pfaas/v1/config/other", "x".getBytes(UTF_8), admin.request());
            admin.publishRetained(NODE_TOPIC, new byte[0], admin.request());
            assertThat(cluster.sum("p2pfaas_link_config_refused_total")).isEqualTo(15);
            assertThat(cluster.caller().get(cluster.node(1).url() + "/configuration"))
                    .contains("\"parallel_running_functions_max\":4");
        }
    }

    @Fault(
            in = Fault.Area.NODE,
            fault = "kill -9 after a change of settings",
            promise = "the change is there after the restart")
    @Test
    void what_was_set_survives_a_kill_and_wins_over_flags() {
        Flags flags = flags().with("id", "n1").with("slots", "2").with("data", folder.toString());
        Caller caller = new Caller();
        try (NodeProcess node = NodeProcess.start(flags)) {
            for (String[] change : new String[][] {
                {"/configuration", "{\"parallel_running_functions_max\":9}"},
                {"/configuration/scheduler", SCHEDULERS.get(3)}
            }) {
                Reply reply = Await.of(caller.post(node.url() + change[0], change[1].getBytes(UTF_8)));
                assertThat(reply.status()).isEqualTo(200);
            }
            node.kill();
        }
        try (NodeProcess node = NodeProcess.start(flags)) {
            assertThat(caller.get(node.url() + "/configuration")).contains("\"parallel_running_functions_max\":9");
            assertThat(caller.get(node.url() + "/configuration/scheduler")).isEqualTo(SCHEDULERS.get(3));
            assertThat(node.said())
                    .contains("slots = 9   (from file " + folder.resolve("p2p_faas-scheduler.json"))
                    .contains("scheduler = ForwardScheduler(2)   (from file "
                            + folder.resolve("p2p_faas-scheduler-config.json"));
        }
    }

    @Fault(
            in = Fault.Area.MACHINE,
            fault = "a damaged file of kept settings",
            promise = "the start stops and names the file")
    @Test
    void a_damaged_file_stops_the_start() throws IOException {
        Files.writeString(folder.resolve("p2p_faas-scheduler.json"), "{\"parallel_running_functions_max\":0}");
        try (NodeProcess node = NodeProcess.start(flags().with("data", folder.toString()))) {
            assertThat(node.exitCode()).isEqualTo(2);
            assertThat(node.said())
                    .contains("parallel_running_functions_max (file " + folder.resolve("p2p_faas-scheduler.json")
                            + "): it is 0; allowed is a whole number from 1 to 10000");
        }
    }
}
