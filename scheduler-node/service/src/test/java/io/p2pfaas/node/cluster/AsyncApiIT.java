package io.p2pfaas.node.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.p2pfaas.node.testing.MosquittoProcess;
import io.p2pfaas.node.testing.TopicDescription;
import io.p2pfaas.node.testing.TopicDescription.Heard;
import io.p2pfaas.node.testing.TopicDescription.Matched;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.eclipse.paho.mqttv5.common.packet.MqttProperties;
import org.junit.jupiter.api.Test;

/** What nodes, callers and devices say on a real broker is what docs/asyncapi.yaml says. */
final class AsyncApiIT {
    private static final String BASE = "p2pfaas/v1/";
    /** Not the self-test: who hears it changes what the nodes do. */
    private static final List<String> FILTERS = List.of(
            "node/+/state",
            "node/+/load",
            "node/+/report",
            "node/+/fn/+",
            "node/+/from/#",
            "spill/nap/+",
            "spillq/nap/+",
            "watch/+",
            "config/+",
            "fn/+",
            "cli/#",
            "dev/#");

    private static final Set<String> AFTER_BURSTS =
            Set.of("offerSlot/forward", "forward/forward", "answer/accepted", "answer/refused", "answer/result");
    private static final Set<String> REST = Set.of(
            "presence/presence",
            "load/load",
            "watch/watch",
            "report/report",
            "configNode/change",
            "configShadow/change",
            "configScheduler/change",
            "callAny/call",
            "callNode/call",
            "inbox/answer",
            "inbox/changed",
            "deviceCall/any",
            "deviceAnswer/answer",
            "deviceFailure/failure");

    private final TopicDescription topics = TopicDescription.read();

    private static List<Heard> heard(Mqtt5Caller listener) {
        return listener.received().stream()
                .map(message -> new Heard(
                        message.topic(),
                        message.correlation(),
                        message.contentType(),
                        message.properties(),
                        message.text()))
                .toList();
    }

    private Set<String> kinds(Mqtt5Caller listener) {
        Set<String> kinds = new TreeSet<>();
        heard(listener).forEach(message -> kinds.add(topics.match(message).message()));
        return kinds;
    }

    private void await(Mqtt5Caller listener, Set<String> wanted, Runnable again) {
        Await.until(() -> wanted + " were heard; there were " + kinds(listener), () -> {
            again.run();
            return kinds(listener).containsAll(wanted);
        });
    }

    private static Flags flags(MosquittoProcess broker) {
        return Flags.forBroker(broker.port())
                .with("slots", "1")
                .with("queue", "0")
                .with("functions", "echo=builtin:echo", "nap=builtin:sleep?mean=150ms");
    }

    @Test
    void every_message_is_described_and_every_kind_of_message_is_heard()
            throws MqttException, org.eclipse.paho.client.mqttv3.MqttException {
        try (MosquittoProcess broker = MosquittoProcess.startOrSkip();
                Mqtt5Caller listener = new Mqtt5Caller(broker.port(), "listener");
                Device device = new Device(broker.port(), "p2pfaas", "cam7")) {
            for (String filter : FILTERS) {
                listener.listen(BASE + filter);
            }
            try (Cluster cluster = Cluster.of(2, flags(broker))) {
                await(listener, AFTER_BURSTS, () -> burst(cluster));
                change(
                        listener,
                        "scheduler",
                        "{\"name\":\"PowerOfNScheduler\",\"parameters\":[\"1\",\"1\",\"true\",\"1\"]}");
                await(listener, Set.of("probe/probe", "answer/probed"), () -> burst(cluster));
                change(listener, "scheduler", "{\"name\":\"JoinIdleQueue\",\"parameters\":[]}");
                await(listener, Set.of("notice/notice"), () -> burst(cluster));
                change(listener, "shadow", "{\"name\":\"LeastLoadedSpill\",\"parameters\":[]}");
                change(listener, "node", "{\"parallel_running_functions_max\":2,\"queue_enabled\":true}");
                change(listener, "node", "{\"parallel_running_functions_max\":0}");
                call(listener, "fn/echo");
                call(listener, "node/n2/fn/echo");
                call(listener, "fn/nope");
                assertThat(device.call("echo", "1", "hello").text()).isEqualTo("hello");
                assertThat(device.call("nope", "2", "hello").topic()).isEqualTo("2/404");
                await(listener, REST, () -> cluster.caller().get(cluster.node(1).url() + "/ui/board"));

                List<String> problems = new ArrayList<>();
                for (Heard message : heard(listener)) {
                    Matched matched = topics.match(message);
                    // What should not have been said is answered, not described.
                    if (matched.message().isEmpty() && !message.payload().contains("max\":0")) {
                        problems.addAll(matched.problems());
                    }
                }
                assertThat(problems).isEmpty();
            }
        }
    }

    private static void burst(Cluster cluster) {
        List<CompletableFuture<Reply>> calls = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            calls.add(cluster.caller().post(cluster.function(1, "nap")));
            calls.add(
                    cluster.caller().post(cluster.function(1, "nap"), new byte[0], "X-P2pfaas-Scheduler-Forward", "1"));
        }
        calls.forEach(Await::of);
    }

    private static void change(Mqtt5Caller listener, String document, String json) throws MqttException {
        MqttProperties request = listener.request();
        request.setContentType("application/json");
        listener.publishRetained(BASE + "config/" + document, json.getBytes(StandardCharsets.UTF_8), request);
        // The listener hears its own request too, with the same correlation data.
        Await.until(
                "both nodes have answered " + json,
                () -> listener.await(request, 1).stream()
                                .filter(answer -> answer.topic().equals(listener.inbox()))
                                .count()
                        >= 2);
    }

    private static void call(Mqtt5Caller listener, String topic) throws MqttException {
        MqttProperties request = listener.request("x-mine", "1");
        listener.publish(BASE + topic, "hello".getBytes(StandardCharsets.UTF_8), 1, request);
        Await.until(
                "an answer on " + topic,
                () -> listener.await(request, 1).stream()
                        .anyMatch(answer -> answer.topic().equals(listener.inbox())));
    }
}
