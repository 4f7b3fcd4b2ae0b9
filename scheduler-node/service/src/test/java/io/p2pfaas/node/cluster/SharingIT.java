package io.p2pfaas.node.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.p2pfaas.node.testing.MosquittoProcess;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Three nodes with four slots each; what one cannot run, the others do. */
final class SharingIT {
    /** One more than two nodes have slots for, and less than three. */
    private static final int BURST = 9;

    private static MosquittoProcess broker;

    @BeforeAll
    static void startBroker() {
        broker = MosquittoProcess.startOrSkip();
    }

    @AfterAll
    static void stopBroker() {
        if (broker != null) {
            broker.close();
        }
    }

    /** A nap is far longer than a burst takes on a busy machine: no slot is used twice. */
    private static Flags flags(String policy, int queue) {
        return Flags.forBroker(broker.port())
                .with("slots", "4")
                .with("queue", Integer.toString(queue))
                .with("scheduler", policy)
                .with("functions", "nap=builtin:sleep?mean=1s", "echo=builtin:echo");
    }

    @ParameterizedTest(name = "{0}, queue {1}")
    @CsvSource(
            delimiter = ';',
            value = {
                "BrokerMatch(eager); 0",
                "BrokerMatch(eager); 4",
                "BrokerMatch(lazy); 0",
                "BrokerMatch(lazy); 4",
                "LeastLoadedSpill; 0",
                "LeastLoadedSpill; 4",
                "JoinIdleQueue(3); 0",
                "PullFromQueue; 6",
                "Prequal; 0",
                "RandomSpill(3); 0",
                "SharedSubscription(3); 0",
                "PowerOfNScheduler(2,2,true,1); 0",
                "ForwardScheduler(1); 0",
            })
    void a_burst_on_one_node_is_shared_by_all_three(String policy, int queue) {
        try (Cluster cluster = Cluster.of(3, flags(policy, queue))) {
            List<Reply> replies = burst(cluster, BURST);

            assertThat(replies).extracting(Reply::status).containsOnly(200);
            assertThat(replies)
                    .extracting(reply -> reply.ranOn("n1"))
                    .containsOnly("n1", "n2", "n3")
                    .contains("n1", "n2", "n3");
            cluster.assertAllEnded(BURST, BURST);
            assertThat(cluster.executions()).as("each call ran once").isEqualTo(BURST);
        }
    }

    private static List<Reply> burst(Cluster cluster, int size) {
        List<CompletableFuture<Reply>> calls = IntStream.range(0, size)
                .mapToObj(i -> cluster.caller().post(cluster.function(1, "nap")))
                .toList();
        return calls.stream().map(Await::of).toList();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "BrokerMatch(eager)",
                "BrokerMatch(lazy)",
                "LeastLoadedSpill",
                "JoinIdleQueue",
                "PullFromQueue",
                "Prequal",
                "RandomSpill",
                "SharedSubscription",
                "RoundRobinWithMasterScheduler",
                "PowerOfNScheduler(2,2,true,1)"
            })
    void what_no_node_has_room_for_is_refused_with_a_reason(String policy) {
        int burst = 40;
        try (Cluster cluster = Cluster.of(3, flags(policy, 0))) {
            List<Reply> replies = burst(cluster, burst);

            List<Reply> done =
                    replies.stream().filter(reply -> reply.status() == 200).toList();
            assertThat(replies.stream().filter(reply -> reply.status() != 200)).allSatisfy(refused -> {
                assertThat(refused.status()).isEqualTo(500);
                assertThat(refused.text()).startsWith("{\"code\":400,\"message\":\"Job cannot be scheduled: ");
                assertThat(refused.header("Retry-After")).isEqualTo("1");
            });
            assertThat(done).hasSizeBetween(4, burst - 1);
            cluster.assertAllEnded(burst, done.size());
        }
    }

    @Test
    void a_call_that_is_always_forwarded_ends_within_its_hops_and_never_comes_back() {
        int calls = 20;
        try (Cluster cluster = Cluster.of(3, flags("ForwardScheduler(3)", 4))) {
            List<Reply> replies = Stream.generate(
                            () -> Await.of(cluster.caller().post(cluster.function(1, "echo"))))
                    .limit(calls)
                    .toList();

            assertThat(replies).allSatisfy(reply -> {
                assertThat(reply.status()).isEqualTo(200);
                assertThat(Integer.parseInt(reply.header("X-P2pfaas-Hops"))).isBetween(1, 3);
                assertThat(reply.path()).startsWith("n1").doesNotHaveDuplicates();
            });
            Set<String> last = new HashSet<>(
                    replies.stream().map(reply -> reply.ranOn("n1")).toList());
            assertThat(last).isSubsetOf("n2", "n3");
            cluster.assertAllEnded(calls, calls);
        }
    }

    @Test
    void a_caller_may_ask_to_be_forwarded_kept_or_rejected() {
        try (Cluster cluster = Cluster.of(3, flags("BrokerMatch", 4))) {
            String url = cluster.function(1, "echo");
            byte[] body = {1, 2, 3};
            Reply kept = Await.of(cluster.caller().post(url, body, "X-P2pfaas-Scheduler-Bypass", "1"));
            Reply forwarded = Await.of(cluster.caller().post(url, body, "X-P2pfaas-Scheduler-Forward", "1"));
            Reply rejected = Await.of(cluster.caller().post(url, body, "X-P2pfaas-Scheduler-Reject", "1"));

            assertThat(kept.path()).isEmpty();
            assertThat(kept.body()).isEqualTo(body);
            assertThat(forwarded.path()).hasSize(2).startsWith("n1");
            assertThat(forwarded.body()).isEqualTo(body);
            assertThat(rejected.status()).isEqualTo(503);
            assertThat(rejected.text()).contains("\"code\":401");
            cluster.assertAllEnded(3, 2);
        }
    }

    @Test
    void a_function_that_only_a_peer_has_is_called_there_and_one_that_nobody_has_is_not_found() {
        Flags flags = flags("BrokerMatch", 4);
        try (Cluster cluster = Cluster.startOnly(2, flags)) {
            cluster.add(flags.with("id", "n3").with("functions", "rare=builtin:echo"));
            cluster.awaitComplete();

            Reply rare = Await.of(cluster.caller().post(cluster.function(1, "rare"), new byte[] {7}));
            Reply unknown = Await.of(cluster.caller().post(cluster.function(1, "nonsense")));

            assertThat(rare.status()).isEqualTo(200);
            assertThat(rare.path()).containsExactly("n1", "n3");
            assertThat(unknown.status()).isEqualTo(404);
            assertThat(unknown.text()).contains("\"code\":3");
            cluster.assertAllEnded(2, 1);
        }
    }
}
