package io.p2pfaas.node.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.p2pfaas.node.testing.Fault;
import io.p2pfaas.node.testing.MosquittoProcess;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A node with little memory, and callers that bring more than fits. */
final class SmallHeapIT {
    private static final int BODY_BYTES = 1024 * 1024;
    private static final int CALLS = 60;

    @Fault(
            in = Fault.Area.MACHINE,
            fault = "memory pressure: a heap of 48 MiB, and two bursts of 60 calls with 1 MiB each",
            promise = "every call is answered, with its body or a reason; the node lives and serves on")
    @Test
    void more_bodies_than_memory_are_answered_and_the_node_lives() {
        Caller caller = new Caller();
        byte[] body = new byte[BODY_BYTES];
        new Random(1).nextBytes(body);
        try (MosquittoProcess broker = MosquittoProcess.startOrSkip();
                NodeProcess node = NodeProcess.start(
                        Flags.forBroker(broker.port())
                                .with("id", "n1")
                                .with("slots", "2")
                                .with("queue", "20")
                                .with("functions", "echo=builtin:echo"),
                        "-Xmx48m")) {
            for (int burst = 0; burst < 2; burst++) {
                List<Reply> replies =
                        Stream.generate(() -> caller.post(node.url() + "/function/echo", body))
                                .limit(CALLS)
                                .toList()
                                .stream()
                                .map(Await::of)
                                .toList();
                assertThat(replies)
                        .allSatisfy(reply ->
                                assertThat(reply.status()).as("%s", reply).isIn(200, 429, 503));
                assertThat(replies)
                        .filteredOn(reply -> reply.status() == 200)
                        .isNotEmpty()
                        .allSatisfy(reply -> assertThat(reply.body()).isEqualTo(body));
            }
            assertThat(Await.of(caller.post(node.url() + "/function/echo", body))
                            .status())
                    .isEqualTo(200);
            Metrics.of(node.url(), caller).assertBalanced();
            assertThat(node.said()).doesNotContain("OutOfMemoryError");
        }
    }
}
