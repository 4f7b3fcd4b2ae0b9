package io.p2pfaas.load.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.p2pfaas.load.record.EndState;
import io.p2pfaas.load.record.HistogramText;
import io.p2pfaas.load.record.RunResult;
import io.p2pfaas.load.record.RunResult.NodeTally;
import java.util.List;
import java.util.Map;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;

final class MetricTest {
    private static RunResult run(List<List<Long>> matrix, Map<String, Long> packets) {
        Histogram latency = new Histogram(3);
        for (long millis = 1; millis <= 100; millis++) {
            latency.recordValue(millis * 1_000_000);
        }
        return new RunResult(
                RunResult.World.LIVE,
                Map.of(),
                0,
                1,
                2,
                2_000_000_000L,
                1e8,
                200,
                Map.of(EndState.OK, 100L, EndState.REJECTED, 50L, EndState.TIMEOUT, 30L, EndState.NOT_SENT, 20L),
                Map.of(),
                4,
                HistogramText.of(latency),
                "",
                matrix,
                List.of(new NodeTally("n1", 100, 10, 90), new NodeTally("n2", 100, 40, 30)),
                packets,
                List.of(),
                "",
                3);
    }

    private static double of(Metric metric, RunResult run) {
        return Metric.all(run).getOrDefault(metric, -1.0);
    }

    @Test
    void losses_and_failures_are_kept_apart() {
        RunResult run = run(List.of(), Map.of());

        assertThat(of(Metric.PB, run)).isEqualTo(0.25);
        assertThat(of(Metric.FAILED, run)).isEqualTo(0.25);
        assertThat(of(Metric.LATE, run)).isEqualTo(0.02);
        assertThat(of(Metric.THROUGHPUT, run)).isEqualTo(50);
    }

    @Test
    void percentiles_are_in_milliseconds() {
        RunResult run = run(List.of(), Map.of());

        assertThat(of(Metric.P50, run)).isEqualTo(50, within(0.1));
        assertThat(of(Metric.P99, run)).isEqualTo(99, within(0.1));
        assertThat(of(Metric.MEAN_LATENCY, run)).isEqualTo(50.5, within(0.1));
    }

    @Test
    void fairness_is_of_executions_and_of_losses() {
        RunResult run = run(List.of(), Map.of());

        // (90 + 30)^2 / (2 (90^2 + 30^2))
        assertThat(of(Metric.JAIN, run)).isEqualTo(0.8, within(1e-12));
        assertThat(of(Metric.SPREAD, run)).isEqualTo(0.3, within(1e-12));
    }

    @Test
    void what_was_not_recorded_is_unknown_and_not_zero() {
        RunResult bare = run(List.of(), Map.of());

        assertThat(of(Metric.PE, bare)).isNaN();
        assertThat(of(Metric.PACKETS, bare)).isNaN();
        assertThat(of(Metric.SAMPLE_AGE, bare)).isNaN();
        assertThat(of(Metric.SEND_LAG_P99, bare)).isNaN();

        RunResult full = run(List.of(List.of(70L, 10L), List.of(20L, 20L)), Map.of("in", 300L, "out", 100L));
        assertThat(of(Metric.PE, full)).isEqualTo(0.15, within(1e-12));
        assertThat(of(Metric.PACKETS, full)).isEqualTo(2);
    }

    @Test
    void names_are_those_of_the_command_line() {
        for (Metric metric : Metric.values()) {
            assertThat(Metric.of(metric.key())).isSameAs(metric);
        }
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Metric.of("speed"))
                .withMessageContaining("'speed'")
                .withMessageContaining("mean-latency");
    }
}
