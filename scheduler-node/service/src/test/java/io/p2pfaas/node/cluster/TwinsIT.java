package io.p2pfaas.node.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.p2pfaas.node.app.Node;
import io.p2pfaas.node.testing.Fault;
import io.p2pfaas.node.testing.MosquittoProcess;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Two nodes were given one id, so the broker ends the connection of one whenever the other one comes. */
final class TwinsIT {
    @Fault(
            in = Fault.Area.NODE,
            fault = "two nodes with one id on one broker",
            promise = "calls at each of the two and at others succeed; when one leaves, the other shares within 10 s")
    @Test
    void twins_cost_no_call_and_when_one_goes_the_other_shares() {
        try (MosquittoProcess broker = MosquittoProcess.startOrSkip()) {
            Flags flags = Flags.forBroker(broker.port())
                    .with("slots", "4")
                    .with("queue", "200")
                    .with("functions", "nap=builtin:sleep?mean=20ms", "echo=builtin:echo");
            try (Cluster cluster = Cluster.startOnly(0, flags)) {
                Node one = cluster.add(flags.with("id", "twin"));
                Node other = cluster.add(flags.with("id", "twin"));
                cluster.add(flags.with("id", "third"));
                SteadyLoad load = SteadyLoad.start(
                        cluster.caller(),
                        60,
                        List.of(cluster.function(1, "nap"), cluster.function(2, "nap"), cluster.function(3, "nap")));
                load.awaitMore(120);
                assertThat(load.stop())
                        .allSatisfy(
                                call -> assertThat(call.isDone()).as("%s", call).isTrue());

                other.close();
                long alone = System.nanoTime();
                Await.until(
                        () -> "they share: " + one.status(),
                        () -> Await.of(cluster.caller()
                                        .post(
                                                cluster.function(3, "echo"),
                                                new byte[] {1},
                                                "X-P2pfaas-Scheduler-Forward",
                                                "1"))
                                .path()
                                .equals(List.of("third", "twin")));
                assertThat(System.nanoTime() - alone).isLessThan(TimeUnit.SECONDS.toNanos(10));
            }
        }
    }
}
