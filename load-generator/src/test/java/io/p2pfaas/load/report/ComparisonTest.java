package io.p2pfaas.load.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.p2pfaas.load.record.RunResult;
import io.p2pfaas.load.record.RunResult.World;
import io.p2pfaas.load.report.Comparison.Verdict;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ComparisonTest {
    private static final Filter ALL = Filter.of(List.of());
    private static final SampleFolder SMALL = SampleFolder.of(World.SIMULATED)
            .withSchedulers("PowerOfNScheduler(1,3,true,1)")
            .withLoads("0.8", "0.9");

    private static Comparison compare(List<RunResult> a, List<RunResult> b, Metric metric, double tolerance) {
        return Comparison.of(a, ALL, b, ALL, metric, tolerance);
    }

    private static List<Verdict> verdicts(Comparison comparison) {
        return comparison.points().stream().map(Comparison.Compared::verdict).toList();
    }

    @Test
    void results_are_the_same_as_themselves() {
        Comparison same = compare(SMALL.results(), SMALL.results(), Metric.PB, 0.05);

        assertThat(verdicts(same)).hasSize(4).containsOnly(Verdict.SAME);
        assertThat(same.isRegression()).isFalse();
    }

    @Test
    void more_losses_are_worse_and_fewer_are_better() {
        List<RunResult> worse = SMALL.worseBy(1.3).results();

        assertThat(verdicts(compare(SMALL.results(), worse, Metric.PB, 0.05))).containsOnly(Verdict.WORSE);
        assertThat(verdicts(compare(worse, SMALL.results(), Metric.PB, 0.05))).containsOnly(Verdict.BETTER);
    }

    @Test
    void of_throughput_less_is_worse() {
        List<RunResult> worse = SMALL.worseBy(2).results();

        assertThat(compare(SMALL.results(), worse, Metric.THROUGHPUT, 0).isRegression())
                .isTrue();
        assertThat(compare(worse, SMALL.results(), Metric.THROUGHPUT, 0).isRegression())
                .isFalse();
    }

    @Test
    void what_is_within_the_tolerance_does_not_matter() {
        List<RunResult> worse = SMALL.worseBy(1.3).results();

        assertThat(verdicts(compare(SMALL.results(), worse, Metric.PB, 0.5))).containsOnly(Verdict.SAME);
    }

    @Test
    void a_single_pair_says_nothing() {
        List<RunResult> once = SMALL.withRepetitions(1).results();
        List<RunResult> worse = SMALL.withRepetitions(1).worseBy(3).results();

        assertThat(verdicts(compare(once, worse, Metric.PB, 0.05))).containsOnly(Verdict.UNKNOWN);
        assertThat(verdicts(compare(once, once, Metric.PB, 0.05))).containsOnly(Verdict.UNKNOWN);
    }

    @Test
    void pairs_are_of_the_same_repetition() {
        List<RunResult> shuffled = new ArrayList<>(SMALL.results());
        Collections.reverse(shuffled);
        shuffled.removeIf(run -> run.repetition() == 2);

        Comparison comparison = compare(SMALL.results(), shuffled, Metric.PB, 0.05);

        assertThat(comparison.points()).allSatisfy(point -> {
            assertThat(point.pairs()).isEqualTo(4);
            assertThat(point.difference()).isEqualTo(new Difference(0, 0));
        });
    }

    @Test
    void two_schedulers_of_one_folder_are_compared_at_the_points_they_share() {
        List<RunResult> all = SampleFolder.of(World.SIMULATED).withLoads("0.9").results();

        Comparison comparison = Comparison.of(
                all,
                Filter.of(List.of("scheduler=BrokerMatch")),
                all,
                Filter.of(List.of("scheduler=NoScheduler")),
                Metric.PB,
                0.05);

        assertThat(comparison.points())
                .extracting(Comparison.Compared::point)
                .containsExactly("queue=0 rho=0.9", "queue=4 rho=0.9");
        assertThat(verdicts(comparison)).containsOnly(Verdict.WORSE);
    }

    @Test
    void what_cannot_be_compared_is_refused_with_the_reason() {
        List<RunResult> all = SampleFolder.of(World.SIMULATED).results();

        assertThatIllegalArgumentException()
                .isThrownBy(() -> Comparison.of(
                        all,
                        Filter.of(List.of("scheduler=BrokerMatch")),
                        all,
                        Filter.of(List.of("scheduler=Nobody")),
                        Metric.PB,
                        0.05))
                .withMessageContaining("nothing to compare")
                .withMessageContaining("Nobody");
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        Comparison.of(all, ALL, all, Filter.of(List.of("scheduler=BrokerMatch")), Metric.PB, 0.05))
                .withMessageContaining("more than one run");
        assertThatIllegalArgumentException().isThrownBy(() -> compare(all, all, Metric.PB, -1));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Filter.of(List.of("BrokerMatch")))
                .withMessageContaining("'BrokerMatch'");
    }

    @Test
    void points_of_one_side_only_are_noted() {
        List<RunResult> fewer = SMALL.withLoads("0.9").results();

        Comparison comparison = compare(SMALL.results(), fewer, Metric.PB, 0.05);

        assertThat(comparison.points()).hasSize(2);
        assertThat(comparison.text()).contains("note: 2 points are in A only", "rho=0.8");
    }
}
