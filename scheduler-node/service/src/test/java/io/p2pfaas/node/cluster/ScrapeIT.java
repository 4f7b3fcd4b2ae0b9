package io.p2pfaas.node.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.p2pfaas.node.testing.MosquittoProcess;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What a scrape says while much happens. */
final class ScrapeIT {
    private static final int CALLERS = 8;
    private static final int CALLS_EACH = 150;
    private static final int SCRAPERS = 3;

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

    private static Flags flags() {
        return Flags.forBroker(broker.port())
                .with("slots", "2")
                .with("queue", "2")
                .with("functions", "nap=builtin:sleep?mean=3ms", "echo=builtin:echo");
    }

    private static String[] header(int call) {
        return switch (call % 4) {
            case 0 -> new String[] {"X-P2pfaas-Scheduler-Forward", "1"};
            case 1 -> new String[] {"X-P2pfaas-Scheduler-Reject", "1"};
            default -> new String[0];
        };
    }

    @Test
    void every_call_is_accounted_for_in_every_scrape_also_under_load() throws InterruptedException {
        ExecutorService threads = Executors.newFixedThreadPool(CALLERS + SCRAPERS);
        try (Cluster cluster = Cluster.of(2, flags())) {
            Await.until("there are metrics", () -> hasMetrics(cluster, 1) && hasMetrics(cluster, 2));
            AtomicBoolean over = new AtomicBoolean();
            List<CompletableFuture<Void>> calling = new ArrayList<>();
            for (int i = 0; i < CALLERS; i++) {
                int node = i % 2 + 1;
                calling.add(CompletableFuture.runAsync(() -> call(cluster, node), threads));
            }
            List<CompletableFuture<Integer>> scraping = new ArrayList<>();
            for (int i = 0; i < SCRAPERS; i++) {
                scraping.add(CompletableFuture.supplyAsync(() -> scrapeUntil(cluster, over), threads));
            }
            calling.forEach(Await::of);
            over.set(true);
            int busy = scraping.stream().mapToInt(Await::of).sum();

            assertThat(busy).as("scrapes with calls in flight").isPositive();
            cluster.awaitIdle();
            assertThat(cluster.sum("p2pfaas_calls_received_total{source=\"caller\"}"))
                    .isEqualTo(CALLERS * CALLS_EACH);
        } finally {
            threads.shutdownNow();
            assertThat(threads.awaitTermination(5, TimeUnit.SECONDS)).isTrue();
        }
    }

    private static boolean hasMetrics(Cluster cluster, int node) {
        return !cluster.caller().get(cluster.node(node).url() + "/metrics").startsWith("{");
    }

    private static void call(Cluster cluster, int node) {
        for (int call = 0; call < CALLS_EACH; call++) {
            Reply unused = Await.of(cluster.caller().post(cluster.function(node, "nap"), new byte[0], header(call)));
        }
    }

    /** How many of the scrapes saw calls in flight; each is balanced. */
    private static int scrapeUntil(Cluster cluster, AtomicBoolean over) {
        int busy = 0;
        while (!over.get()) {
            for (Metrics metrics : cluster.metrics()) {
                busy += metrics.inFlight("caller") > 0 ? 1 : 0;
            }
        }
        return busy;
    }

    @Test
    void functions_and_peers_are_told_apart_and_those_that_go_are_forgotten() {
        try (Cluster cluster = Cluster.of(2, flags())) {
            Await.until("there are metrics", () -> hasMetrics(cluster, 1));
            String node = cluster.node(1).url();
            Operator operator = new Operator(node);
            operator.deploy("{\"service\":\"sum\",\"image\":\"builtin:hash\"}");
            assertThat(operator.call("sum", "x").status()).isEqualTo(200);
            assertThat(Await.of(cluster.caller()
                                    .post(cluster.function(1, "echo"), new byte[0], "X-P2pfaas-Scheduler-Forward", "1"))
                            .ranOn("n1"))
                    .isEqualTo("n2");

            Metrics metrics = Metrics.of(node, cluster.caller());
            assertThat(metrics.value("faas_invocations_total{faas_invoked_name=\"sum\"}"))
                    .isEqualTo(1);
            assertThat(metrics.value("faas_invoke_duration_seconds_count{faas_invoked_name=\"sum\"}"))
                    .isEqualTo(1);
            assertThat(metrics.value("faas_invocations_total{faas_invoked_name=\"echo\"}"))
                    .isZero();
            assertThat(metrics.value("p2pfaas_peer_forwards_total{peer=\"n2\"}"))
                    .isEqualTo(1);
            assertThat(metrics.value("p2pfaas_peer_outcomes_total{outcome=\"done\",peer=\"n2\"}"))
                    .isEqualTo(1);
            assertThat(metrics.values()).containsKey("p2pfaas_peer_sample_age_seconds{peer=\"n2\"}");

            operator.remove("sum");
            assertThat(Metrics.of(node, cluster.caller()).values().keySet())
                    .noneMatch(name -> name.contains("\"sum\""));
        }
    }
}
