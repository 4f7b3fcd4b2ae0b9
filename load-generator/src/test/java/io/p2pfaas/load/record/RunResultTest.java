package io.p2pfaas.load.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;

final class RunResultTest {
    private static Histogram histogram() {
        Histogram histogram = new Histogram(3);
        for (long value = 1; value <= 1_000_000_000; value *= 7) {
            histogram.recordValue(value);
        }
        return histogram;
    }

    private static RunResult result() {
        return new RunResult(
                RunResult.World.SIMULATED,
                Map.of("scheduler", "PowerOfNScheduler(1,3,true,1)"),
                2,
                -7,
                2,
                1_000_000_000,
                1e8,
                20,
                Map.of(EndState.OK, 15L, EndState.REJECTED, 4L, EndState.TIMEOUT, 1L),
                Map.of("no_slot", 4L),
                1,
                HistogramText.of(histogram()),
                "",
                List.of(List.of(9L, 2L), List.of(1L, 3L)),
                List.of(new RunResult.NodeTally("n1", 12, 4, 10), new RunResult.NodeTally("n2", 8, 0, 5)),
                Map.of("forwards", 6L),
                List.of(new RunResult.Second(0, 20, 15, 4, 1, 1.5e8)),
                "",
                0.25);
    }

    @Test
    void a_result_survives_its_line_of_json() {
        String line = RunResultJson.line(result());

        assertThat(line).doesNotContain("\n");
        assertThat(RunResultJson.parse(line)).isEqualTo(result());
    }

    @Test
    void a_line_that_was_cut_off_is_not_a_result() {
        String line = RunResultJson.line(result());

        assertThatIllegalArgumentException()
                .isThrownBy(() -> RunResultJson.parse(line.substring(0, line.length() / 2)));
        assertThatIllegalArgumentException().isThrownBy(() -> RunResultJson.parse("{}"));
    }

    @Test
    void rejections_and_calls_run_elsewhere_are_shares_of_all_that_came() {
        assertThat(result().pB()).isEqualTo(0.2, within(1e-12));
        assertThat(result().pE()).isEqualTo(0.15, within(1e-12));
    }

    @Test
    void a_histogram_survives_as_text() {
        assertThat(HistogramText.parse(HistogramText.of(histogram()))).isEqualTo(histogram());
        assertThat(HistogramText.parse("").getTotalCount()).isZero();
        assertThatIllegalArgumentException().isThrownBy(() -> HistogramText.parse("AAAA"));
    }
}
