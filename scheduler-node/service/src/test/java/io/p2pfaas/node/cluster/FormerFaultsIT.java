package io.p2pfaas.node.cluster;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.p2pfaas.core.model.Load;
import io.p2pfaas.core.node.NodeBrain;
import io.p2pfaas.node.testing.Fault;
import io.p2pfaas.node.testing.MosquittoProcess;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Where P2PFaaS failed: what happens here instead. Faults that other tests are about are not repeated;
 * docs/compatibility.md says which test shows what.
 */
final class FormerFaultsIT {
    private static final int CALLS = 20;

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

    private Flags flags(String scheduler) {
        return Flags.forBroker(broker.port())
                .with("scheduler", scheduler)
                .with("functions", "echo=builtin:echo", "gated=" + gated.url());
    }

    /** The original failed 15 of 20 with F=2: a probe that was not answered looked like an idle node. */
    @Fault(
            in = Fault.Area.NODE,
            fault = "kill -9 of a peer that has calls of others",
            promise = "each call runs elsewhere or its caller is told")
    @ParameterizedTest
    @ValueSource(strings = {"PowerOfNScheduler(1,1,true,1)", "PowerOfNScheduler(2,1,true,1)", "ForwardScheduler(1)"})
    void a_peer_that_was_killed_costs_no_caller_a_call(String scheduler) {
        Flags flags = flags(scheduler).with("slots", "32");
        try (Cluster cluster = Cluster.of(2, flags);
                NodeProcess victim = NodeProcess.start(flags.with("id", "n3"))) {
            String url = victim.url();
            Await.until(
                    () -> "n1 knows " + url + ": " + cluster.statuses(),
                    () -> cluster.caller().get(cluster.node(1).url() + "/list").contains("\"name\":\"n3\""));
            // With a load of one the scheduler looks for another node.
            CompletableFuture<Reply> load =
                    cluster.caller().post(cluster.function(1, "gated"), new byte[0], "X-P2pfaas-Scheduler-Bypass", "1");
            Await.until(
                    "the node has something to do",
                    () -> cluster.node(1).look(brain -> brain.load().running() == 1));

            victim.kill();
            List<CompletableFuture<Reply>> calls = Stream.generate(
                            () -> cluster.caller().post(cluster.function(1, "echo")))
                    .limit(CALLS)
                    .toList();

            assertThat(calls.stream().map(Await::of)).extracting(Reply::status).containsOnly(200);
            gated.open();
            assertThat(Await.of(load).status()).isEqualTo(200);
            Await.until(
                    "the dead one is not listed any more",
                    () -> !cluster.caller().get(cluster.node(1).url() + "/list").contains("n3"));
            cluster.assertAllEnded(CALLS + 1, CALLS + 1);
        }
    }

    /** K + Q, exactly: the original let one wait in a queue of none, and its test for a free slot was not atomic. */
    @ParameterizedTest
    @CsvSource({"true,4,8", "true,0,4", "false,4,4"})
    void as_many_are_taken_as_there_is_room_for(boolean enabled, int length, int taken) {
        try (Cluster cluster = Cluster.startOnly(1, flags("NoScheduler"))) {
            String json = "{\"queue_enabled\":" + enabled + ",\"queue_length_max\":" + length + "}";
            assertThat(Await.of(cluster.caller().post(cluster.node(1).url() + "/configuration", json.getBytes(UTF_8)))
                            .status())
                    .isEqualTo(200);

            List<CompletableFuture<Reply>> calls = Stream.generate(
                            () -> cluster.caller().post(cluster.function(1, "gated")))
                    .limit(12)
                    .toList();
            Await.until(
                    "all have come",
                    () -> cluster.node(1).look(brain -> brain.counters().receivedFrom(false) == 12));
            assertThat(cluster.node(1).<Load>look(NodeBrain::load))
                    .isEqualTo(new Load(4, 4, taken - 4, enabled ? length : 0));
            gated.open();
            List<Reply> replies = calls.stream().map(Await::of).toList();

            assertThat(replies.stream().filter(reply -> reply.status() == 200)).hasSize(taken);
            assertThat(replies.stream().filter(reply -> reply.status() != 200)).allSatisfy(refused -> {
                assertThat(refused.status()).isEqualTo(500);
                assertThat(refused.text()).contains("\"code\":400");
            });
            cluster.assertAllEnded(12, taken);
        }
    }

    /** Names went into a URL as they came; one of these ended the process. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "%3Fx",
                "name:8080%3F",
                "name:8080",
                "10.0.0.1",
                "127.0.0.1",
                "..",
                "%2e%2e",
                "%2F%2Fx",
                "a@b",
                "echo%00",
                "%0d%0aHost:%20x"
            })
    void a_name_is_a_name_and_never_an_address(String name) {
        try (Cluster cluster = Cluster.of(2, flags("ForwardScheduler(1)"))) {
            for (String header : List.of("Forward", "Bypass", "Other")) {
                Reply reply = Await.of(cluster.caller()
                        .post(cluster.function(1, name), new byte[0], "X-P2pfaas-Scheduler-" + header, "1"));
                assertThat(reply.status()).isEqualTo(404);
                assertThat(reply.text()).contains("\"code\":3");
            }
            assertThat(Await.of(cluster.caller().post(cluster.function(1, "echo")))
                            .status())
                    .isEqualTo(200);
        }
    }

    /** One request occupied the original's cluster until its restart. */
    @Test
    void a_call_that_is_forwarded_three_times_ends_on_three_nodes() {
        try (Cluster cluster = Cluster.of(3, flags("ForwardScheduler(3)"))) {
            Reply reply = Await.of(cluster.caller().post(cluster.function(1, "echo")));

            assertThat(reply.status()).isEqualTo(200);
            assertThat(Integer.parseInt(reply.header("X-P2pfaas-Hops"))).isBetween(1, 3);
            assertThat(reply.path()).startsWith("n1").doesNotHaveDuplicates();
            assertThat(reply.path()).hasSize(Integer.parseInt(reply.header("X-P2pfaas-Hops")) + 1);
            cluster.assertAllEnded(1, 1);
        }
    }
}
