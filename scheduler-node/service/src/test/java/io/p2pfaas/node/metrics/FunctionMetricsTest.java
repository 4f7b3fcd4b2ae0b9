package io.p2pfaas.node.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.p2pfaas.core.model.FunctionName;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

final class FunctionMetricsTest {
    private final Meters meters = new Meters();
    private final FunctionTotals totals = new FunctionTotals();
    private List<FunctionOnNode> here = List.of();
    private final FunctionMetrics metrics = new FunctionMetrics(meters, totals, () -> here);

    private static FunctionName name(String name) {
        return new FunctionName(name);
    }

    private static FunctionOnNode usable(String name) {
        return new FunctionOnNode(name(name), true, OptionalInt.empty());
    }

    private String scrape() {
        metrics.update();
        return meters.registry.scrape();
    }

    @Test
    void a_function_that_is_here_has_all_counters_before_it_is_called() {
        here = List.of(usable("a"), new FunctionOnNode(name("b"), false, OptionalInt.of(3)));
        assertThat(scrape())
                .contains(
                        "faas_invocations_total{faas_invoked_name=\"a\"} 0.0",
                        "faas_errors_total{faas_invoked_name=\"a\"} 0.0",
                        "faas_timeouts_total{faas_invoked_name=\"a\"} 0.0",
                        "faas_coldstarts_total{faas_invoked_name=\"b\"} 0.0",
                        "p2pfaas_function_usable{faas_invoked_name=\"a\"} 1.0",
                        "p2pfaas_function_usable{faas_invoked_name=\"b\"} 0.0",
                        "p2pfaas_function_replicas{faas_invoked_name=\"b\"} 3.0");
    }

    @Test
    void executions_are_counted_by_how_they_ended() {
        here = List.of(usable("a"));
        totals.executed(name("a"), FunctionTotals.Ended.WELL);
        totals.executed(name("a"), FunctionTotals.Ended.WELL);
        totals.executed(name("a"), FunctionTotals.Ended.WITH_ERROR);
        totals.executed(name("a"), FunctionTotals.Ended.TOO_LATE);
        totals.coldStart(name("a"));
        metrics.executed(name("a"), 7_000_000);
        metrics.started(name("a"), 300_000_000);
        assertThat(scrape())
                .contains(
                        "faas_invocations_total{faas_invoked_name=\"a\"} 2.0",
                        "faas_errors_total{faas_invoked_name=\"a\"} 1.0",
                        "faas_timeouts_total{faas_invoked_name=\"a\"} 1.0",
                        "faas_coldstarts_total{faas_invoked_name=\"a\"} 1.0",
                        "faas_invoke_duration_seconds_bucket{faas_invoked_name=\"a\",le=\"0.005\"} 0",
                        "faas_invoke_duration_seconds_bucket{faas_invoked_name=\"a\",le=\"0.01\"} 1",
                        "faas_init_duration_seconds_sum{faas_invoked_name=\"a\"} 0.3");
    }

    @Test
    void a_function_that_has_gone_is_forgotten_and_counts_from_zero_when_it_returns() {
        here = List.of(usable("a"));
        totals.executed(name("a"), FunctionTotals.Ended.WELL);
        metrics.executed(name("a"), 1);
        assertThat(scrape()).contains("faas_invocations_total{faas_invoked_name=\"a\"} 1.0");
        here = List.of();
        assertThat(scrape()).doesNotContain("\"a\"");
        here = List.of(usable("a"));
        assertThat(scrape()).contains("faas_invocations_total{faas_invoked_name=\"a\"} 0.0");
    }

    @Test
    void names_beyond_the_bound_are_counted_together() {
        here = List.of(usable("known"));
        metrics.update();
        for (int i = 0; i < 2 * FunctionTotals.MAX_NAMES; i++) {
            totals.executed(name("f" + i), FunctionTotals.Ended.WELL);
        }
        assertThat(totals.labels()).hasSizeLessThanOrEqualTo(FunctionTotals.MAX_NAMES + 1);
        totals.executed(name("known"), FunctionTotals.Ended.WELL);
        assertThat(scrape())
                .contains(
                        "faas_invocations_total{faas_invoked_name=\"known\"} 1.0",
                        "faas_invocations_total{faas_invoked_name=\"_other\"} " + (FunctionTotals.MAX_NAMES + 1)
                                + ".0");
    }
}
