package io.p2pfaas.load.report;

import io.p2pfaas.load.report.chart.Table;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** All points with all metrics, for reading. */
final class PointTable {
    private static final List<Metric> METRICS = List.of(
            Metric.PB,
            Metric.PE,
            Metric.MEAN_LATENCY,
            Metric.P50,
            Metric.P90,
            Metric.P99,
            Metric.FAILED,
            Metric.LATE,
            Metric.PACKETS,
            Metric.JAIN,
            Metric.SPREAD,
            Metric.SAMPLE_AGE,
            Metric.THROUGHPUT,
            Metric.SEND_LAG_P99);

    private PointTable() {}

    /** Metrics that no point has, and shares that are zero everywhere, get no column. */
    static Table of(Study study) {
        List<Metric> metrics =
                METRICS.stream().filter(metric -> isTold(study, metric)).toList();
        List<String> header = new ArrayList<>(study.axes());
        if (study.sources().size() > 1) {
            header.add("source");
        }
        header.addAll(List.of("reps", "calls"));
        metrics.forEach(metric -> header.add(metric.key() + unit(metric)));
        Table table = new Table(header);
        for (Cell cell : study.cells()) {
            List<Object> row = new ArrayList<>();
            study.axes().forEach(axis -> row.add(cell.setting(axis)));
            if (study.sources().size() > 1) {
                row.add(cell.source().name());
            }
            row.add(cell.repetitions().size());
            row.add(cell.arrived());
            metrics.forEach(metric -> row.add(Numbers.interval(cell.interval(metric))));
            table.add(row);
        }
        return table;
    }

    private static String unit(Metric metric) {
        return metric.unit() == Metric.Unit.MILLIS ? " [ms]" : "";
    }

    private static boolean isTold(Study study, Metric metric) {
        boolean always = metric == Metric.PB || metric == Metric.FAILED;
        Stream<double[]> samples = study.cells().stream().map(cell -> cell.samples(metric));
        return always || samples.anyMatch(values -> Arrays.stream(values).anyMatch(value -> value != 0));
    }
}
