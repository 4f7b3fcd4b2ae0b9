package io.p2pfaas.node.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.p2pfaas.node.testing.Fault;
import io.p2pfaas.node.testing.MosquittoProcess;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The broker is away for longer than a node waits for anything; nodes are set as they are by default. */
final class BrokerOutageIT {
    private static final String PROMISE = "every call succeeds all the time; calls are shared again within 10 s";
    private static final String STATES = "p2pfaas/v1/node/+/state";
    private static final long BACK_WITHIN_NANOS = TimeUnit.SECONDS.toNanos(10);

    @TempDir
    private Path data = Path.of(".");

    @Fault(
            in = Fault.Area.BROKER,
            fault = "kill -9 of Mosquitto, without persistence and with it, and back after 10 s",
            promise = PROMISE)
    @Test
    void ten_seconds_without_a_broker_cost_no_call() {
        assertOutageCostsNoCall(10);
    }

    @Fault(
            in = Fault.Area.BROKER,
            fault = "kill -9 of Mosquitto, without persistence and with it, and back after 60 s",
            promise = PROMISE)
    @Tag("long")
    @Test
    void a_minute_without_a_broker_costs_no_call() {
        assertOutageCostsNoCall(60);
    }

    private void assertOutageCostsNoCall(int seconds) {
        try (Site forgetful = new Site(MosquittoProcess.startOrSkip());
                Site persistent = new Site(MosquittoProcess.startOrSkip(this::persistentOn))) {
            List<Site> sites = List.of(forgetful, persistent);
            sites.forEach(Site::begin);
            sites.forEach(site -> site.broker.kill());
            sites.forEach(site -> site.cluster.awaitLinks(false));
            LockSupport.parkNanos(TimeUnit.SECONDS.toNanos(seconds));
            sites.forEach(Site::assertBackWithoutLoss);
        }
    }

    private String persistentOn(int port) {
        return String.join(
                "\n",
                "listener " + port + " 127.0.0.1",
                "allow_anonymous true",
                "user root",
                "persistence true",
                "persistence_location " + data + "/",
                "autosave_interval 1",
                "");
    }

    /** Two nodes and their broker, with callers. */
    private static final class Site implements AutoCloseable {
        private final MosquittoProcess broker;
        private final Cluster cluster;
        private final SteadyLoad load;

        Site(MosquittoProcess broker) {
            this.broker = broker;
            this.cluster = Cluster.of(
                    2,
                    Flags.forBroker(broker.port())
                            .with("broker.reconnect-max", "2s")
                            .with("call.heartbeat", "1s")
                            .with("queue", "100")
                            .with("functions", "nap=builtin:sleep?mean=20ms", "echo=builtin:echo"));
            this.load = SteadyLoad.start(
                    cluster.caller(), 40, List.of(cluster.function(1, "nap"), cluster.function(2, "nap")));
        }

        void begin() {
            load.awaitMore(20);
            Await.until("they share", this::isShared);
        }

        void assertBackWithoutLoss() {
            broker.restart();
            long back = System.nanoTime();
            Await.until(() -> "they share again: " + cluster.statuses(), this::isShared);
            assertThat(System.nanoTime() - back).isLessThan(BACK_WITHIN_NANOS);
            assertThat(load.stop())
                    .allSatisfy(call -> assertThat(call.isDone()).as("%s", call).isTrue());
            assertThat(RetainedMessages.on(broker.port(), STATES).values())
                    .hasSize(2)
                    .allSatisfy(state -> assertThat(state).contains("\"online\""));
            cluster.awaitIdle();
            cluster.metrics();
        }

        private boolean isShared() {
            return List.of(1, 2).stream()
                    .allMatch(node -> Await.of(cluster.caller()
                                            .post(
                                                    cluster.function(node, "echo"),
                                                    new byte[] {1},
                                                    "X-P2pfaas-Scheduler-Forward",
                                                    "1"))
                                    .path()
                                    .size()
                            == 2);
        }

        @Override
        public void close() {
            cluster.close();
            broker.close();
        }
    }
}
