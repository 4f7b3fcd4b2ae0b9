package io.p2pfaas.node.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.p2pfaas.node.testing.Fault;
import io.p2pfaas.node.testing.MosquittoProcess;
import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Nodes that are far away from their broker. */
final class LongWayIT {
    @Fault(
            in = Fault.Area.NETWORK,
            fault = "delay of 50 ms and 200 ms each way with as much jitter, between each node and the broker",
            promise = "calls are forwarded and answered; each call ends once")
    @ParameterizedTest
    @CsvSource({"50, 50", "200, 200"})
    void calls_are_shared_over_a_long_way(int delayMillis, int jitterMillis) throws IOException {
        try (MosquittoProcess broker = MosquittoProcess.startOrSkip();
                Wire first = Wire.to(broker.port(), delayMillis, jitterMillis);
                Wire second = Wire.to(broker.port(), delayMillis, jitterMillis);
                Cluster cluster = Cluster.startOnly(0, Flags.forBroker(broker.port()))) {
            cluster.add(flags(first).with("id", "n1"));
            cluster.add(flags(second).with("id", "n2"));
            cluster.awaitComplete();
            List<Reply> replies = Stream.generate(() -> cluster.caller()
                            .post(cluster.function(1, "echo"), new byte[] {1}, "X-P2pfaas-Scheduler-Forward", "1"))
                    .limit(20)
                    .toList()
                    .stream()
                    .map(Await::of)
                    .toList();
            assertThat(replies).extracting(Reply::status).containsOnly(200);
            assertThat(replies).extracting(Reply::path).contains(List.of("n1", "n2"));
            cluster.assertAllEnded(20, 20);
        }
    }

    private static Flags flags(Wire wire) {
        return Flags.forBroker(wire.port())
                .with("slots", "8")
                .with("queue", "50")
                .with("functions", "echo=builtin:echo");
    }
}
