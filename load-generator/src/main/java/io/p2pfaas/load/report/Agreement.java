package io.p2pfaas.load.report;

import io.p2pfaas.load.record.Interval;
import io.p2pfaas.load.report.Cell.Source;
import io.p2pfaas.load.report.chart.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Simulated against live, point by point. */
final class Agreement {
    private static final List<Metric> METRICS =
            List.of(Metric.PB, Metric.MEAN_LATENCY, Metric.P50, Metric.P99, Metric.PE, Metric.PACKETS);

    private final Table table;
    private int compared;
    private int disagreeing;

    private Agreement(List<String> axes) {
        List<String> header = new ArrayList<>(axes);
        header.addAll(List.of("metric", "unit", "simulated", "live", "live - simulated", "in percent", "agree"));
        this.table = new Table(header);
    }

    /** Empty unless some point was both simulated and run live, each from one folder. */
    static Optional<Agreement> of(Study study) {
        List<Source> live = study.sources().stream().filter(Source::isLive).toList();
        List<Source> simulated =
                study.sources().stream().filter(source -> !source.isLive()).toList();
        if (live.size() != 1 || simulated.size() != 1) {
            return Optional.empty();
        }
        Agreement agreement = new Agreement(study.axes());
        for (Cell left : study.cells()) {
            study.cells().stream()
                    .filter(right -> !left.source().isLive() && right.source().isLive())
                    .filter(right -> right.settings().equals(left.settings()))
                    .forEach(right -> METRICS.forEach(metric -> agreement.add(study.axes(), left, right, metric)));
        }
        return agreement.table.rows().isEmpty() ? Optional.empty() : Optional.of(agreement);
    }

    private void add(List<String> axes, Cell simulated, Cell live, Metric metric) {
        double[] first = simulated.samples(metric);
        double[] second = live.samples(metric);
        if (first.length == 0 || second.length == 0) {
            return;
        }
        Difference difference = Difference.welch(first, second);
        double base = simulated.interval(metric).mean();
        List<Object> row = new ArrayList<>();
        axes.forEach(axis -> row.add(simulated.setting(axis)));
        row.addAll(List.of(
                metric.key(),
                metric.unit().label(),
                Numbers.interval(simulated.interval(metric)),
                Numbers.interval(live.interval(metric)),
                Numbers.interval(difference.mean(), difference.halfWidth()),
                base == 0 ? "" : Numbers.percent(100 * difference.mean() / base),
                !difference.isKnown() ? "unknown" : difference.coversZero() ? "yes" : "no"));
        table.add(row);
        if (difference.isKnown()) {
            compared++;
            disagreeing += difference.coversZero() ? 0 : 1;
        }
    }

    Table table() {
        return table;
    }

    /** The result in a sentence, with what chance alone would do. */
    String summary() {
        return "%d of %d comparisons disagree: the 95 %% interval of the difference (Welch) leaves out zero. Chance alone would make about %d do so."
                .formatted(disagreeing, compared, Math.round(compared * (1 - Interval.CONFIDENCE)));
    }
}
