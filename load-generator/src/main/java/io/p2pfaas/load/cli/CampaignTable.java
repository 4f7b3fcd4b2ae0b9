package io.p2pfaas.load.cli;

import io.p2pfaas.load.campaign.PointSummary;
import io.p2pfaas.load.plan.Experiment;
import io.p2pfaas.load.plan.Grid;
import io.p2pfaas.load.plan.Metric;
import java.util.ArrayList;
import java.util.List;

/** The table at the end of {@code lab run}: a line for each point. */
final class CampaignTable {
    private CampaignTable() {}

    static String text(Experiment experiment, List<PointSummary> summaries) {
        List<String> axes =
                experiment.grid().axes().stream().map(Grid.Axis::name).toList();
        List<String> header = new ArrayList<>(axes);
        header.addAll(List.of(
                "reps", "pB", "+-", "theory", "pooled", "pE", "mean ms", "p50 ms", "p99 ms", "packets/call", "failed"));
        TextTable table = new TextTable(header);
        for (PointSummary summary : summaries) {
            PointTheory theory = new PointTheory(experiment, summary.point());
            List<String> row = new ArrayList<>();
            axes.forEach(axis -> row.add(summary.point().get(axis, "")));
            row.addAll(List.of(
                    Integer.toString(summary.repetitions()),
                    Numbers.share(summary.pB().mean()),
                    Numbers.share(summary.pB().halfWidth()),
                    Numbers.share(theory.single()),
                    Numbers.share(theory.pooled()),
                    Numbers.share(summary.pE().mean()),
                    Numbers.millis(summary.value(Metric.MEAN_LATENCY)),
                    Numbers.millis(summary.value(Metric.LATENCY_P50)),
                    Numbers.millis(summary.value(Metric.LATENCY_P99)),
                    Numbers.fixed(summary.packetsPerCall(), 2),
                    Numbers.fixed(summary.value(Metric.FAILED), 0)));
            table.row(row);
        }
        return table.aligned();
    }
}
