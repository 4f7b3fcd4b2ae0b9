package io.p2pfaas.load.report;

import io.p2pfaas.load.plan.Experiment;
import io.p2pfaas.load.record.Interval;
import io.p2pfaas.load.record.RunResult;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The repetitions of one point from one source.
 *
 * @param settings by axis name
 * @param repetitions ascending, at least one
 */
record Cell(Source source, Map<String, String> settings, List<Repetition> repetitions) {
    Cell {
        settings = new LinkedHashMap<>(settings);
        repetitions = List.copyOf(repetitions);
        if (repetitions.isEmpty()) {
            throw new IllegalArgumentException("a point without repetitions: " + settings);
        }
    }

    /**
     * Where results came from.
     *
     * @param name how charts tell it from other sources
     * @param experiment for what the grid does not vary; null if unknown
     */
    record Source(
            String name, RunResult.World world, @Nullable Experiment experiment) {
        boolean isLive() {
            return world == RunResult.World.LIVE;
        }
    }

    /** One run and its metrics. */
    record Repetition(RunResult run, Map<Metric, Double> metrics) {
        static Repetition of(RunResult run) {
            return new Repetition(run, Metric.all(run));
        }

        double metric(Metric metric) {
            return metrics.getOrDefault(metric, Double.NaN);
        }
    }

    String setting(String axis) {
        return settings.getOrDefault(axis, "");
    }

    /** Any of the repetitions, for what they have in common. */
    RunResult any() {
        return repetitions.get(0).run();
    }

    /** The values of the repetitions that have one. */
    double[] samples(Metric metric) {
        return repetitions.stream()
                .mapToDouble(repetition -> repetition.metric(metric))
                .filter(value -> !Double.isNaN(value))
                .toArray();
    }

    Interval interval(Metric metric) {
        return Interval.of(samples(metric));
    }

    long arrived() {
        return repetitions.stream().mapToLong(one -> one.run().arrived()).sum();
    }

    /** Settings without some axes, the same text whatever their order. */
    String without(List<String> axes) {
        Map<String, String> rest = new TreeMap<>(settings);
        axes.forEach(rest::remove);
        StringBuilder text = new StringBuilder();
        rest.forEach((axis, value) -> text.append(text.isEmpty() ? "" : ", ")
                .append(axis)
                .append(" = ")
                .append(value));
        return text.toString();
    }
}
