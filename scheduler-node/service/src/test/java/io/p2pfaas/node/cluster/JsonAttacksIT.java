package io.p2pfaas.node.cluster;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.p2pfaas.node.testing.Fault;
import io.p2pfaas.node.testing.MosquittoProcess;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** JSON that costs its reader more than its sender, to every page of a node that reads JSON. */
final class JsonAttacksIT {
    private static final long SOON_NANOS = TimeUnit.SECONDS.toNanos(2);
    private static final int MANY = 200_000;

    private static MosquittoProcess broker;
    private static Cluster cluster;

    @BeforeAll
    static void start() {
        broker = MosquittoProcess.startOrSkip();
        cluster = Cluster.startOnly(1, Flags.forBroker(broker.port()).with("functions", "echo=builtin:echo"));
        cluster.awaitLinks();
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

    @Fault(
            in = Fault.Area.CALLER,
            fault = "JSON to pages of administration: without bottom, with duplicate keys, huge numbers, long names",
            promise = "a 4xx within 2 s; nothing changes, the node serves on")
    @ParameterizedTest
    @ValueSource(
            strings = {
                "/configuration",
                "/configuration/scheduler",
                "/configuration/discovery",
                "/system/functions",
                "/system/secrets",
                "/system/scale-function/echo"
            })
    void json_that_hurts_its_reader_is_refused_at_once(String page) {
        String before = state();
        for (String json : attacks()) {
            long start = System.nanoTime();
            Reply reply = Await.of(cluster.caller().post(cluster.node(1).url() + page, json.getBytes(UTF_8)));

            assertThat(System.nanoTime() - start).as(named(json)).isLessThan(SOON_NANOS);
            assertThat(reply.status()).as(named(json) + reply).isBetween(400, 499);
        }
        assertThat(state()).isEqualTo(before);
        Reply served = Await.of(cluster.caller().post(cluster.function(1, "echo"), new byte[] {1}));
        assertThat(served.status()).isEqualTo(200);
    }

    private static List<String> attacks() {
        String known = "\"parallel_running_functions_max\":";
        return List.of(
                "[".repeat(MANY),
                "{\"a\":".repeat(MANY),
                "{\"name\":" + "[".repeat(MANY) + "]".repeat(MANY) + "}",
                "{" + known + "{\"a\":".repeat(MANY) + "1" + "}".repeat(MANY) + "}",
                "{" + known + "7," + known + "8}",
                "{\"name\":\"a\",\"name\":\"b\",\"service\":\"a\",\"service\":\"b\"}",
                "{" + known + "9".repeat(MANY) + "}",
                "{" + known + "1e999999999}",
                "{" + known + "-1e-999999999}",
                "{\"replicas\":" + "9".repeat(MANY) + ",\"parameters\":[1e999999999]}",
                "{\"" + "x".repeat(5 * MANY) + "\":1}",
                "{\"\\u0000\":1}",
                "{\"a\":\"\\ud800\"}",
                "{\"a\":1}".repeat(MANY),
                " ".repeat(5 * MANY));
    }

    private static String named(String json) {
        return json.substring(0, Math.min(60, json.length()));
    }

    private static String state() {
        String url = cluster.node(1).url();
        return cluster.caller().get(url + "/configuration")
                + cluster.caller().get(url + "/configuration/scheduler")
                + cluster.caller().get(url + "/configuration/discovery")
                + cluster.caller().get(url + "/system/secrets");
    }
}
