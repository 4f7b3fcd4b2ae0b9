package io.p2pfaas.node.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.p2pfaas.node.testing.Fault;
import io.p2pfaas.node.testing.MosquittoProcess;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A node or the broker stands still with its connections open, and goes on later. */
final class FrozenIT {
    private static final String PROMISE =
            "calls that enter elsewhere all succeed, it is avoided within 3 heartbeats, and shares again within 10 s";
    private static final long HEARTBEAT_MILLIS = 200;
    private static final Pattern AGE = Pattern.compile("\"sampleAgeMillis\":(\\d+)");
    private static final long BACK_WITHIN_NANOS = TimeUnit.SECONDS.toNanos(10);

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

    private Flags flags(String policy) {
        return Flags.forBroker(broker.port())
                .with("scheduler", policy)
                .with("slots", "2")
                .with("queue", "200")
                .with("functions", "nap=builtin:sleep?mean=20ms", "echo=builtin:echo");
    }

    @Fault(in = Fault.Area.NODE, fault = "SIGSTOP of a node for 5 s, then SIGCONT", promise = PROMISE)
    @Test
    void a_node_that_stands_still_for_five_seconds_is_avoided_and_used_again() {
        freeze(5);
    }

    @Fault(in = Fault.Area.NODE, fault = "SIGSTOP of a node for 30 s and 120 s, then SIGCONT", promise = PROMISE)
    @Tag("long")
    @ParameterizedTest
    @ValueSource(ints = {30, 120})
    void a_node_that_stands_still_for_long_is_avoided_and_used_again(int seconds) {
        freeze(seconds);
    }

    private void freeze(int seconds) {
        try (NodeProcess first = NodeProcess.start(flags("LeastLoadedSpill").with("id", "n1"));
                NodeProcess second = NodeProcess.start(flags("LeastLoadedSpill").with("id", "n2"))) {
            assertThat(List.of(first.url(), second.url())).doesNotHaveDuplicates();
            Await.until("they share", () -> isShared(first) && isShared(second));
            second.freeze();
            long frozen = System.nanoTime();
            try {
                Await.until("three heartbeats have passed", () -> sampleAgeMillis(first) > 3 * HEARTBEAT_MILLIS);
                List<Reply> burst =
                        Stream.generate(() -> caller.post(first.url() + "/function/nap")).limit(20).toList().stream()
                                .map(Await::of)
                                .toList();
                assertThat(burst).allSatisfy(reply -> {
                    assertThat(reply.status()).isEqualTo(200);
                    assertThat(reply.path()).isEmpty();
                });
                SteadyLoad load = SteadyLoad.start(caller, 60, List.of(first.url() + "/function/nap"));
                while (System.nanoTime() - frozen < TimeUnit.SECONDS.toNanos(seconds)) {
                    LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(100));
                }
                assertThat(load.stop())
                        .allSatisfy(
                                call -> assertThat(call.isDone()).as("%s", call).isTrue());
            } finally {
                second.thaw();
            }
            long thawed = System.nanoTime();
            Await.until(() -> "they share again: " + first.said(), () -> isShared(first) && isShared(second));
            assertThat(System.nanoTime() - thawed).isLessThan(BACK_WITHIN_NANOS);
            Metrics.of(first.url(), caller).assertBalanced();
        }
    }

    private boolean isShared(NodeProcess entry) {
        return isShared(entry.url());
    }

    private boolean isShared(String url) {
        return Await.of(caller.post(url + "/function/echo", new byte[] {1}, "X-P2pfaas-Scheduler-Forward", "1"))
                        .path()
                        .size()
                == 2;
    }

    /** How old what it knows of its peer is; very old if the peer is gone. */
    private long sampleAgeMillis(NodeProcess node) {
        Matcher age = AGE.matcher(caller.get(node.url() + "/status"));
        return age.find() ? Long.parseLong(age.group(1)) : Long.MAX_VALUE;
    }

    @Fault(
            in = Fault.Area.BROKER,
            fault = "Mosquitto stands still (SIGSTOP) for 3 s under load",
            promise = "every call succeeds all the time; calls are shared again within 10 s")
    @Test
    void while_the_broker_stands_still_calls_run_here() {
        try (Cluster cluster = Cluster.of(2, flags("BrokerMatch"))) {
            SteadyLoad load =
                    SteadyLoad.start(caller, 80, List.of(cluster.function(1, "nap"), cluster.function(2, "nap")));
            load.awaitMore(20);
            broker.freeze();
            try {
                LockSupport.parkNanos(TimeUnit.SECONDS.toNanos(3));
            } finally {
                broker.thaw();
            }
            long thawed = System.nanoTime();
            Await.until("they share again", () -> isShared(cluster.node(1).url()));
            assertThat(System.nanoTime() - thawed).isLessThan(BACK_WITHIN_NANOS);
            assertThat(load.stop())
                    .allSatisfy(call -> assertThat(call.isDone()).as("%s", call).isTrue());
            cluster.awaitIdle();
            cluster.metrics();
        }
    }
}
