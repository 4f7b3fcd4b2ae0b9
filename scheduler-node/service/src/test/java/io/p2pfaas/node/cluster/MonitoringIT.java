package io.p2pfaas.node.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.p2pfaas.node.testing.MosquittoProcess;
import io.p2pfaas.node.testing.TestImages;
import io.p2pfaas.node.testing.Tool;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.opentest4j.TestAbortedException;

/** docs/monitoring with a real Prometheus, which scrapes real nodes. */
final class MonitoringIT {
    private static final Path FILES = Path.of("../../docs/monitoring");
    /** Panels that are empty where no container can run. */
    private static final Set<String> OF_CONTAINERS =
            Set.of("Cold start time, p95", "Instances", "Cold start time by part, mean");

    @TempDir
    private Path folder = Path.of(".");

    @Test
    void promtool_finds_no_mistake_and_the_alerts_are_raised_when_they_should_be() {
        String promtool = PrometheusProcess.program("promtool");
        assertThat(Tool.succeed(List.of(
                        promtool,
                        "check",
                        "config",
                        FILES.resolve("prometheus.yml").toString())))
                .contains("SUCCESS");
        assertThat(Tool.succeed(List.of(
                        promtool,
                        "test",
                        "rules",
                        FILES.resolve("alerts-test.yml").toString())))
                .contains("SUCCESS");
    }

    private static Flags flags(MosquittoProcess broker) {
        return Flags.forBroker(broker.port())
                .with("slots", "2")
                .with("queue", "1")
                .with("shadow", "LeastLoadedSpill")
                .with("scheduler", "LearningScheduler")
                .with(
                        "functions",
                        "echo=builtin:echo",
                        "nap=builtin:sleep?mean=50ms",
                        "lost=http://127.0.0.1:1/",
                        "long=builtin:sleep?mean=10s")
                .with("call.timeout", "1s");
    }

    @Test
    void every_query_of_the_dashboard_has_data_and_every_rule_is_evaluated() throws IOException {
        String unused = PrometheusProcess.program("prometheus");
        try (MosquittoProcess broker = MosquittoProcess.startOrSkip();
                Cluster cluster = Cluster.of(2, flags(broker));
                PrometheusProcess prometheus = PrometheusProcess.start(
                        folder, targets(cluster), FILES.resolve("alerts.yml").toAbsolutePath())) {
            until(prometheus, "it is ready", prometheus::isReady);
            until(
                    prometheus,
                    "it has scraped both",
                    () -> prometheus.query("sum(up) == 2").size() == 1
                            && prometheus.query("p2pfaas_ready").size() == 2);
            boolean hasContainers = deployed(cluster);
            traffic(cluster);
            System.gc();
            scrapes(prometheus, 2);
            traffic(cluster);
            System.gc();
            scrapes(prometheus, 2);

            Set<String> empty = new TreeSet<>();
            for (Dashboard.Query query :
                    Dashboard.read(FILES.resolve("grafana-dashboard.json")).queries()) {
                if ((hasContainers || !OF_CONTAINERS.contains(query.panel()))
                        && !hasData(prometheus.query(query.expression()))) {
                    empty.add(query.panel() + ": " + query.expression());
                }
            }
            assertThat(empty).as("queries without data").isEmpty();
            assertAllRulesWork(prometheus);
            assertThat(prometheus
                            .query("sum(p2pfaas_calls_received_total) - sum(p2pfaas_calls_ended_total)"
                                    + " - sum(p2pfaas_calls_in_flight) - sum(p2pfaas_handed_on_total)")
                            .at("/0/value/1")
                            .asText())
                    .isEqualTo("0");
        }
    }

    private static List<String> targets(Cluster cluster) {
        return IntStream.rangeClosed(1, 2)
                .mapToObj(number -> cluster.node(number).url().replace("http://", ""))
                .toList();
    }

    private static void until(PrometheusProcess prometheus, String what, BooleanSupplier condition) {
        Await.until(() -> what + ": " + prometheus.said(), condition);
    }

    /** Waits until so many further scrapes of each node are there. */
    private static void scrapes(PrometheusProcess prometheus, int number) {
        double before = scraped(prometheus);
        until(prometheus, "it has scraped again", () -> scraped(prometheus) >= before + 2 * number);
    }

    private static double scraped(PrometheusProcess prometheus) {
        return prometheus
                .query("sum(count_over_time(up[10m]))")
                .at("/0/value/1")
                .asDouble();
    }

    /** A cold start, where there is an engine. */
    private static boolean deployed(Cluster cluster) {
        try {
            TestImages.requireOrSkip();
        } catch (TestAbortedException ignored) {
            // The others are worth it without.
            return false;
        }
        Operator operator = new Operator(cluster.node(1).url());
        assertThat(operator.deploy("{\"service\":\"monitored\",\"image\":\"" + TestImages.WEB + "\"}")
                        .status())
                .isEqualTo(202);
        operator.awaitAvailable("monitored", 1);
        return true;
    }

    /** Something of every kind: here, forwarded, refused, failed, too late. */
    private static void traffic(Cluster cluster) {
        List<CompletableFuture<Reply>> calls = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            calls.add(cluster.caller().post(cluster.function(i % 2 + 1, "nap")));
        }
        for (int node = 1; node <= 2; node++) {
            calls.add(cluster.caller().post(cluster.function(node, "lost")));
            calls.add(cluster.caller().post(cluster.function(node, "long")));
        }
        calls.forEach(Await::of);
        for (int i = 0; i < 10; i++) {
            for (int node = 1; node <= 2; node++) {
                Reply forwarded = Await.of(cluster.caller()
                        .post(cluster.function(node, "echo"), new byte[0], "X-P2pfaas-Scheduler-Forward", "1"));
                assertThat(forwarded.status()).isEqualTo(200);
                Reply here = Await.of(cluster.caller()
                        .post(cluster.function(node, "echo"), new byte[0], "X-P2pfaas-Scheduler-Bypass", "1"));
                assertThat(here.status()).isIn(200, 500);
            }
        }
    }

    private static boolean hasData(JsonNode result) {
        for (JsonNode sample : result) {
            if (!sample.at("/value/1").asText().equals("NaN")) {
                return true;
            }
        }
        return false;
    }

    private static void assertAllRulesWork(PrometheusProcess prometheus) {
        int rules = 0;
        for (JsonNode group : prometheus.api("rules").path("groups")) {
            for (JsonNode rule : group.path("rules")) {
                rules++;
                assertThat(rule.path("health").asText())
                        .as(rule.path("name") + ": " + rule.path("lastError"))
                        .isEqualTo("ok");
                if (rule.path("labels").path("severity").asText().equals("critical")) {
                    assertThat(rule.path("alerts"))
                            .as(rule.path("name").asText())
                            .isEmpty();
                }
            }
        }
        assertThat(rules).isGreaterThan(20);
    }
}
