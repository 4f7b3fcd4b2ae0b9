package io.p2pfaas.load.report.export;

import io.p2pfaas.load.record.EndState;
import io.p2pfaas.load.record.RunResult;
import io.p2pfaas.load.report.Metric;
import io.p2pfaas.load.report.chart.Table;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Function;

/** A row per repetition, a column per number. Empty fields are unknown. */
public final class TidyRuns {
    private TidyRuns() {}

    /** Columns: settings, what identifies the run, counts by end state, reason and packet kind, metrics. */
    public static Table of(List<RunResult> runs) {
        List<String> axes = keys(runs, RunResult::point);
        List<String> reasons = keys(runs, RunResult::reasons);
        List<String> packets = keys(runs, RunResult::packets);
        List<String> header = new ArrayList<>(List.of("world"));
        header.addAll(axes);
        header.addAll(List.of("repetition", "seed", "nodes", "measured_s", "service_ms", "wall_s", "arrived"));
        Arrays.stream(EndState.values())
                .forEach(state -> header.add(state.name().toLowerCase(Locale.ROOT)));
        reasons.forEach(reason -> header.add("reason_" + reason));
        packets.forEach(kind -> header.add("packets_" + kind));
        Arrays.stream(Metric.values()).forEach(metric -> header.add(column(metric)));
        Table table = new Table(header);
        for (RunResult run : runs) {
            List<Object> row = new ArrayList<>(List.of(run.world().name().toLowerCase(Locale.ROOT)));
            axes.forEach(axis -> row.add(run.point().getOrDefault(axis, "")));
            row.addAll(List.of(
                    run.repetition(),
                    run.seed(),
                    run.nodes(),
                    run.measuredNanos() / 1e9,
                    run.serviceNanos() / 1e6,
                    run.wallSeconds(),
                    run.arrived()));
            Arrays.stream(EndState.values()).forEach(state -> row.add(run.ended(state)));
            reasons.forEach(reason -> row.add(run.reasons().getOrDefault(reason, 0L)));
            packets.forEach(kind -> row.add(run.packets().getOrDefault(kind, 0L)));
            Map<Metric, Double> metrics = Metric.all(run);
            Arrays.stream(Metric.values()).forEach(metric -> row.add(metrics.getOrDefault(metric, Double.NaN)));
            table.add(row);
        }
        return table;
    }

    private static List<String> keys(List<RunResult> runs, Function<RunResult, Map<String, ?>> map) {
        TreeSet<String> keys = new TreeSet<>();
        runs.forEach(run -> keys.addAll(map.apply(run).keySet()));
        return List.copyOf(keys);
    }

    private static String column(Metric metric) {
        return metric.key() + (metric.unit() == Metric.Unit.MILLIS ? "_ms" : "");
    }
}
