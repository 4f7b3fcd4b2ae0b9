package io.p2pfaas.node.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.p2pfaas.node.testing.Fault;
import io.p2pfaas.node.testing.MosquittoProcess;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Nodes as processes of their own: killed without a word, or asked to go. */
final class NodeDeathIT {
    private static final String STATES = "p2pfaas/v1/node/+/state";

    private final Caller caller = new Caller();
    private MosquittoProcess broker;

    @BeforeEach
    void startBroker() {
        broker = MosquittoProcess.startOrSkip();
    }

    @AfterEach
    void stopBroker() {
        if (broker != null) {
            broker.close();
        }
    }

    private Flags flags(String id) {
        return Flags.forBroker(broker.port())
                .with("id", id)
                // Room for all, so that nothing but a lost call can fail.
                .with("slots", "32")
                .with("functions", "nap=builtin:sleep?mean=50ms", "long=builtin:sleep?mean=1500ms");
    }

    @Fault(
            in = Fault.Area.NODE,
            fault = "kill -9 of one node of three, under load",
            promise = "calls that entered at the others all succeed; the broker says that it is lost")
    @Test
    void a_killed_node_costs_the_others_not_one_call() {
        try (NodeProcess first = NodeProcess.start(flags("n1"));
                NodeProcess victim = NodeProcess.start(flags("n2"));
                NodeProcess third = NodeProcess.start(flags("n3"))) {
            List<String> urls = List.of(nap(first), nap(victim), nap(third));
            awaitPeers(first, 2);
            awaitPeers(victim, 2);
            awaitPeers(third, 2);
            SteadyLoad load = SteadyLoad.start(caller, 100, urls);
            List<CompletableFuture<Reply>> longCalls = Stream.generate(() -> third.url() + "/function/long")
                    .limit(12)
                    .map(url -> caller.post(url, new byte[0], "X-P2pfaas-Scheduler-Forward", "1"))
                    .toList();
            Await.until(
                    "the victim has calls of others",
                    () -> Metrics.of(victim.url(), caller).inFlight("peer") > 0);
            load.awaitMore(50);

            victim.kill();
            load.awaitMore(150);
            List<SteadyLoad.Told> told = load.stop();

            assertThat(told.stream().filter(call -> call.address() != 1))
                    .hasSizeGreaterThan(100)
                    .allSatisfy(call -> assertThat(call.isDone()).as("%s", call).isTrue());
            assertThat(longCalls.stream().map(Await::of))
                    .extracting(Reply::status)
                    .containsOnly(200);
            Metrics.of(first.url(), caller).assertBalanced();
            Metrics.of(third.url(), caller).assertBalanced();
            assertThat(RetainedMessages.on(broker.port(), STATES).get("p2pfaas/v1/node/n2/state"))
                    .contains("\"lost\"");
        }
    }

    private static String nap(NodeProcess node) {
        return node.url() + "/function/nap";
    }

    private void awaitPeers(NodeProcess node, int peers) {
        Await.until(
                () -> "the node has " + peers + " peers: " + node.said(),
                () -> caller.get(node.url() + "/status").split("\"sampleAgeMillis\"", -1).length == peers + 1);
    }

    @Fault(
            in = Fault.Area.NODE,
            fault = "SIGTERM with a call in flight",
            promise = "the call is answered, exit code 0, no presence is left")
    @Test
    void a_node_that_is_asked_to_go_ends_its_calls_and_leaves_no_trace() {
        try (NodeProcess node = NodeProcess.start(flags("n1"))) {
            assertThat(node.url()).isNotEmpty();
            Await.until(
                    "it is present",
                    () -> !RetainedMessages.on(broker.port(), STATES).isEmpty());
            CompletableFuture<Reply> inFlight = caller.post(node.url() + "/function/long");
            Await.until(
                    "the call runs", () -> caller.get(node.url() + "/status").contains("\"running\":1"));

            node.terminate();

            assertThat(Await.of(inFlight).status()).isEqualTo(200);
            assertThat(node.exitCode()).as(node.said()).isZero();
            assertThat(RetainedMessages.on(broker.port(), STATES)).isEmpty();
            assertThat(node.said()).contains("node n1 leaves").endsWith("node n1 stopped");
        }
    }
}
