package io.p2pfaas.load.campaign;

import io.p2pfaas.load.plan.Experiment.GateSpec;
import io.p2pfaas.load.plan.Metric;
import io.p2pfaas.load.plan.Point;
import io.p2pfaas.load.plan.TimeText;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What became of a gate at one point.
 *
 * @param value of the metric, in nanoseconds if it is a time; NaN if there was none
 */
public record GateResult(GateSpec gate, Point point, double value, Verdict verdict) {
    /** Whether the gate holds. */
    public enum Verdict {
        PASS,
        /** It does not hold, or nothing was measured that it could hold for. */
        FAIL,
        /** This world has nothing of the kind: a simulation has no send lag. */
        SKIP
    }

    /** Every gate at every point that it is for. */
    static List<GateResult> of(List<GateSpec> gates, List<PointSummary> summaries) {
        List<GateResult> results = new ArrayList<>();
        for (GateSpec gate : gates) {
            for (PointSummary summary : summaries) {
                if (gate.where().matches(summary.point())) {
                    results.add(of(gate, summary));
                }
            }
        }
        return results;
    }

    private static GateResult of(GateSpec gate, PointSummary summary) {
        Metric metric = metric(gate);
        if (metric == Metric.SEND_LAG_P99 && summary.isSimulated()) {
            return new GateResult(gate, summary.point(), Double.NaN, Verdict.SKIP);
        }
        double value = summary.value(metric);
        // Every comparison with NaN is false: what was not measured does not pass.
        boolean holds = switch (gate.comparison()) {
            case "<" -> value < gate.bound();
            case "<=" -> value <= gate.bound();
            case ">" -> value > gate.bound();
            case ">=" -> value >= gate.bound();
            default -> throw new IllegalArgumentException("not a comparison: " + gate.comparison());
        };
        return new GateResult(gate, summary.point(), value, holds ? Verdict.PASS : Verdict.FAIL);
    }

    private static Metric metric(GateSpec gate) {
        return Metric.of(gate.metric())
                .orElseThrow(() -> new IllegalArgumentException("not a metric: " + gate.metric()));
    }

    /** One line: verdict, gate, value, point. */
    @Override
    public String toString() {
        return verdict + "  " + gate.text() + "  (" + valueText() + ")  " + point;
    }

    private String valueText() {
        if (Double.isNaN(value)) {
            return verdict == Verdict.SKIP ? "not in this world" : "no value";
        }
        return switch (metric(gate).unit()) {
            case SHARE -> String.format(Locale.ROOT, "%.5f", value);
            case COUNT -> String.format(Locale.ROOT, "%.0f", value);
            case TIME -> TimeText.of(Duration.ofNanos(Math.round(value / 1e3) * 1_000));
        };
    }
}
