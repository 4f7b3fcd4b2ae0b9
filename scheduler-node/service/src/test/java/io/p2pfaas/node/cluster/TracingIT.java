package io.p2pfaas.node.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.p2pfaas.node.cluster.OtlpReceiver.Received;
import io.p2pfaas.node.testing.MosquittoProcess;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.eclipse.paho.mqttv5.common.packet.MqttProperties;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Two nodes, a real broker, and a receiver that stands for the collector: a call is one trace, wherever it runs. */
final class TracingIT {
    private static final String CALLERS_SPAN = "00f067aa0ba902b7";
    private static final int SERVER = 2;
    private static final int CLIENT = 3;
    private static final int PRODUCER = 4;
    private static final int CONSUMER = 5;

    @TempDir
    private static Path folder;

    private static MosquittoProcess broker;
    private static OtlpReceiver receiver;
    private static FunctionServer function;
    private static Cluster cluster;

    @BeforeAll
    static void start() throws IOException {
        broker = MosquittoProcess.startOrSkip();
        receiver = OtlpReceiver.start();
        function = FunctionServer.start();
        Path headers = Files.writeString(folder.resolve("headers"), "X-Key: let me in\n");
        cluster = Cluster.of(
                2,
                Flags.forBroker(broker.port())
                        .with("slots", "1")
                        .with("queue", "4")
                        .with(
                                "functions",
                                "fn=" + function.url(),
                                "once=" + function.url(),
                                "nap=builtin:sleep?mean=400ms")
                        .with("idempotent", "fn")
                        .with("tracing.otlp-endpoint", receiver.endpoint())
                        .with("tracing.headers-file", headers.toString()));
    }

    @AfterAll
    static void stop() {
        if (cluster != null) {
            cluster.close();
        }
        if (function != null) {
            function.close();
        }
        if (receiver != null) {
            receiver.close();
        }
        if (broker != null) {
            broker.close();
        }
    }

    private static String parent(String traceId, String flags) {
        return "00-" + traceId + "-" + CALLERS_SPAN + "-" + flags;
    }

    private static Reply call(int node, String name, String where, String... headers) {
        String[] all = new String[headers.length + 2];
        all[0] = "X-P2pfaas-Scheduler-" + where;
        all[1] = "1";
        System.arraycopy(headers, 0, all, 2, headers.length);
        return Await.of(cluster.caller().post(cluster.function(node, name), new byte[] {1}, all));
    }

    private static Received only(List<Received> spans, String node, String name) {
        List<Received> found = spans.stream()
                .filter(span -> span.node().equals(node) && span.name().startsWith(name))
                .toList();
        assertThat(found).as(name + " of " + node + " among " + spans).hasSize(1);
        return found.get(0);
    }

    private static void assertWithin(Received inner, Received outer) {
        assertThat(inner.start()).isBetween(outer.start(), outer.end());
        assertThat(inner.end()).isBetween(inner.start(), outer.end());
    }

    /** Of a function that may run twice the body goes with the forward, of the other one after a booking. */
    @ParameterizedTest
    @ValueSource(strings = {"fn", "once"})
    void a_call_forwarded_between_two_nodes_is_one_trace(String name) {
        String trace = name.equals("fn") ? "1".repeat(32) : "2".repeat(32);

        Reply reply = call(1, name, "Forward", "traceparent", parent(trace, "01"), "X-Call-Id", "order-7");

        assertThat(reply.path()).containsExactly("n1", "n2");
        List<Received> spans = receiver.await(trace, 6);
        Received entrance = only(spans, "n1", "entrance " + name);
        assertThat(entrance.parent()).isEqualTo(CALLERS_SPAN);
        assertThat(entrance.kind()).isEqualTo(SERVER);
        assertThat(entrance.attribute("faas.trigger")).isEqualTo("http");
        assertThat(entrance.attribute("faas.invocation_id")).isEqualTo("order-7");
        assertThat(entrance.attribute("p2pfaas.path")).isEqualTo("n1,n2");
        assertThat(reply.header("traceparent")).isEqualTo("00-" + trace + "-" + entrance.id() + "-01");
        Received decision = only(spans, "n1", "decision");
        assertThat(decision.parent()).isEqualTo(entrance.id());
        assertThat(decision.attribute("p2pfaas.choice")).isEqualTo("forward n2");
        Received forward = only(spans, "n1", "forward");
        assertThat(forward.parent()).isEqualTo(entrance.id());
        assertThat(forward.kind()).isEqualTo(PRODUCER);
        assertThat(forward.attribute("p2pfaas.peer")).isEqualTo("n2");
        Received peers = only(spans, "n2", "entrance " + name);
        assertThat(peers.parent()).isEqualTo(forward.id());
        assertThat(peers.kind()).isEqualTo(CONSUMER);
        assertThat(peers.attribute("faas.invocation_id")).isEqualTo("order-7");
        assertThat(only(spans, "n2", "decision").parent()).isEqualTo(peers.id());
        Received run = only(spans, "n2", "run " + name);
        assertThat(run.parent()).isEqualTo(peers.id());
        assertThat(run.kind()).isEqualTo(CLIENT);
        assertThat(reply.text())
                .as("what the function was told")
                .containsIgnoringCase("traceparent: 00-" + trace + "-" + run.id() + "-01\n");
        assertThat(spans).noneMatch(Received::failed);
        assertWithin(decision, entrance);
        assertWithin(forward, entrance);
        // Both nodes are on this machine, so their clocks are the same.
        assertWithin(run, forward);
        assertThat(receiver.keys()).containsOnly("let me in");
    }

    @Test
    void a_forwarded_call_that_waits_at_the_peer_shows_its_queue() {
        String trace = "3".repeat(32);
        CompletableFuture<Reply> first =
                cluster.caller().post(cluster.function(2, "nap"), new byte[0], "X-P2pfaas-Scheduler-Bypass", "1");
        Await.until(
                "the peer is busy",
                () -> cluster.node(2).look(brain -> brain.load().running()) == 1);

        Reply reply = call(1, "fn", "Forward", "traceparent", parent(trace, "01"));

        assertThat(reply.status()).isEqualTo(200);
        List<Received> spans = receiver.await(trace, 7);
        Received peers = only(spans, "n2", "entrance");
        Received queue = only(spans, "n2", "queue");
        Received run = only(spans, "n2", "run");
        assertThat(queue.parent()).isEqualTo(peers.id());
        assertThat(run.parent()).isEqualTo(peers.id());
        assertThat(queue.end()).isGreaterThan(queue.start()).isEqualTo(run.start());
        assertThat(only(spans, "n2", "decision").attribute("p2pfaas.choice")).isEqualTo("queue");
        assertThat(Await.of(first).status()).isEqualTo(200);
    }

    @Test
    void a_call_over_mqtt_takes_its_trace_along_in_user_properties() throws MqttException {
        String trace = "4".repeat(32);
        try (Mqtt5Caller device = new Mqtt5Caller(broker.port(), "tracer")) {
            MqttProperties request = device.request(
                    "traceparent", parent(trace, "01"), "tracestate", "vendor=1", "X-P2pfaas-Scheduler-Bypass", "1");
            Mqtt5Caller.Answer answer = device.call("p2pfaas/v1/fn/fn", "x".getBytes(StandardCharsets.UTF_8), request);

            List<Received> spans = receiver.await(trace, 3);
            Received entrance = spans.stream()
                    .filter(span -> span.name().equals("entrance fn"))
                    .findFirst()
                    .orElseThrow();
            assertThat(entrance.parent()).isEqualTo(CALLERS_SPAN);
            assertThat(entrance.kind()).isEqualTo(CONSUMER);
            assertThat(entrance.attribute("faas.trigger")).isEqualTo("pubsub");
            assertThat(entrance.attribute("messaging.system")).isEqualTo("mqtt");
            assertThat(entrance.attribute("messaging.destination.name")).isEqualTo("p2pfaas/v1/fn/fn");
            assertThat(entrance.span().path("traceState").asText()).isEqualTo("vendor=1");
            assertThat(answer.property("traceparent")).isEqualTo("00-" + trace + "-" + entrance.id() + "-01");
            assertThat(answer.text()).containsIgnoringCase("tracestate: vendor=1\n");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"Bypass", "Forward"})
    void a_caller_that_does_not_want_its_call_recorded_has_its_way_on_all_nodes(String where) {
        String unwanted = where.equals("Bypass") ? "5".repeat(32) : "6".repeat(32);
        String wanted = where.equals("Bypass") ? "7".repeat(32) : "8".repeat(32);

        Reply reply = call(1, "fn", where, "traceparent", parent(unwanted, "00"));
        call(1, "fn", where, "traceparent", parent(wanted, "01"));

        assertThat(reply.text()).containsIgnoringCase("traceparent: 00-" + unwanted + "-");
        assertThat(reply.text()).doesNotContain(CALLERS_SPAN);
        assertThat(reply.header("traceparent")).endsWith("-00");
        receiver.await(wanted, where.equals("Bypass") ? 3 : 6);
        assertThat(receiver.of(unwanted)).isEmpty();
    }

    @Test
    void a_call_without_a_trace_begins_one_and_its_caller_learns_which() {
        Reply reply = call(1, "fn", "Forward");

        String trace = reply.header("traceparent").substring(3, 35);
        List<Received> spans = receiver.await(trace, 6);
        assertThat(only(spans, "n1", "entrance").parent()).isEmpty();
        assertThat(only(spans, "n2", "entrance").parent())
                .isEqualTo(only(spans, "n1", "forward").id());
        Await.until(
                "the exported spans are counted",
                () -> cluster.caller()
                        .get(cluster.node(1).url() + "/metrics")
                        .contains("p2pfaas_trace_spans_total{result=\"exported\"}"));
    }

    @Test
    void a_caller_who_asks_is_told_what_was_decided() throws MqttException {
        Reply plain = call(1, "fn", "Forward");
        Reply told = call(1, "fn", "Forward", "X-P2pfaas-Explain", "1");

        assertThat(plain.header("X-P2pfaas-Decision")).isEmpty();
        assertThat(told.header("X-P2pfaas-Decision"))
                .startsWith("{\"decisions\":[{\"atMicros\":")
                .contains("\"policy\":\"ForwardScheduler(1)\",\"choice\":\"forward n2\"")
                .contains("\"candidates\":[{\"node\":\"n2\",\"running\":", "\"fresh\":true")
                .contains("\"attempts\":[{\"to\":\"n2\",\"result\":\"done\",\"micros\":");
        try (Mqtt5Caller device = new Mqtt5Caller(broker.port(), "curious")) {
            MqttProperties request = device.request("X-P2pfaas-Explain", "1", "X-P2pfaas-Scheduler-Bypass", "1");
            Mqtt5Caller.Answer answer = device.call("p2pfaas/v1/fn/fn", new byte[0], request);

            assertThat(answer.property("X-P2pfaas-Decision")).contains("\"choice\":\"run here\"");
        }
    }

    @Test
    void each_decision_is_a_line_of_the_log_if_one_wants_to_see_them() {
        Flags flags = Flags.forBroker(broker.port())
                .with("id", "logged")
                .with("functions", "alone=builtin:echo")
                .with("log.level", "io.p2pfaas.node.app.DecisionLog=debug");
        try (NodeProcess node = NodeProcess.start(flags)) {
            Await.of(cluster.caller().post(node.url() + "/function/alone", new byte[0], "X-Call-Id", "order-9"));

            Await.until(node::said, () -> node.said().contains("\"requestId\":\"order-9\""));
            String line = node.said()
                    .lines()
                    .filter(said -> said.contains("order-9"))
                    .findFirst()
                    .orElseThrow();
            assertThat(line)
                    .startsWith("{\"ts\":\"20")
                    .contains("\"level\":\"debug\",\"logger\":\"io.p2pfaas.node.app.DecisionLog\"")
                    .contains("choice=\\\"run here\\\"");
        }
    }
}
