package io.p2pfaas.load.report;

import io.p2pfaas.load.record.Interval;
import io.p2pfaas.load.record.RunResult;
import io.p2pfaas.load.report.chart.Table;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Whether B is worse than A, point by point. The same repetition of both had the same arrivals, so differences are taken
 * repetition by repetition: what a heavy repetition did to both cancels.
 *
 * @param points in a fixed order
 * @param notes what was left out, and why
 */
public record Comparison(Metric metric, double tolerance, List<Compared> points, List<String> notes) {
    public Comparison {
        points = List.copyOf(points);
        notes = List.copyOf(notes);
    }

    /** What the interval of the difference says. */
    public enum Verdict {
        /** B is better by more than the tolerance, and zero is outside of the interval. */
        BETTER,
        /** B is worse by more than the tolerance, and zero is outside of the interval. */
        WORSE,
        /** The difference is within the tolerance, surely or by its mean with zero outside of the interval. */
        SAME,
        /** The interval is too wide to tell, or there are fewer than two pairs. */
        UNKNOWN
    }

    /** One point. */
    public record Compared(String point, Interval a, Interval b, Difference difference, int pairs, Verdict verdict) {}

    /**
     * Compares what two filters leave of two sets of runs. Points belong together if they agree in all settings that
     * neither filter fixes.
     *
     * @param tolerance share of A's mean that does not matter
     * @throws IllegalArgumentException if no point is in both
     */
    public static Comparison of(
            List<RunResult> a, Filter filterA, List<RunResult> b, Filter filterB, Metric metric, double tolerance) {
        if (!(tolerance >= 0)) {
            throw new IllegalArgumentException("the tolerance must not be negative: " + tolerance);
        }
        List<String> notes = new ArrayList<>();
        Map<String, SortedMap<Integer, RunResult>> left = grouped(filterA.pick(a), filterA, filterB, "A");
        Map<String, SortedMap<Integer, RunResult>> right = grouped(filterB.pick(b), filterA, filterB, "B");
        List<Compared> points = new ArrayList<>();
        left.forEach((point, runs) -> {
            if (right.containsKey(point)) {
                points.add(compared(point, runs, right.get(point), metric, tolerance, notes));
            }
        });
        leftOut(left, right, "A", notes);
        leftOut(right, left, "B", notes);
        if (points.isEmpty()) {
            throw new IllegalArgumentException("nothing to compare: no point is in both A (" + filterA + ", "
                    + left.size() + " points) and B (" + filterB + ", " + right.size() + " points)");
        }
        return new Comparison(metric, tolerance, points, notes);
    }

    private static Map<String, SortedMap<Integer, RunResult>> grouped(
            List<RunResult> runs, Filter a, Filter b, String side) {
        Map<String, SortedMap<Integer, RunResult>> groups = new LinkedHashMap<>();
        for (RunResult run : runs) {
            Map<String, String> rest = new TreeMap<>(run.point());
            a.axes().forEach(rest::remove);
            b.axes().forEach(rest::remove);
            StringBuilder point = new StringBuilder();
            rest.forEach((axis, value) -> point.append(point.isEmpty() ? "" : " ")
                    .append(axis)
                    .append('=')
                    .append(value));
            RunResult other = groups.computeIfAbsent(point.toString(), key -> new TreeMap<>())
                    .put(run.repetition(), run);
            if (other != null) {
                throw new IllegalArgumentException(side + " has more than one run of '" + point + "', repetition "
                        + run.repetition() + ": " + other.world() + " " + other.point() + " and " + run.world() + " "
                        + run.point() + "; filter by what they differ in");
            }
        }
        return groups;
    }

    private static void leftOut(Map<String, ?> these, Map<String, ?> others, String side, List<String> notes) {
        TreeSet<String> only = new TreeSet<>(these.keySet());
        only.removeAll(others.keySet());
        if (!only.isEmpty()) {
            notes.add(
                    only.size() + " points are in " + side + " only and were left out, such as '" + only.first() + "'");
        }
    }

    private static Compared compared(
            String point,
            SortedMap<Integer, RunResult> left,
            SortedMap<Integer, RunResult> right,
            Metric metric,
            double tolerance,
            List<String> notes) {
        List<Double> a = new ArrayList<>();
        List<Double> b = new ArrayList<>();
        boolean unlike = false;
        for (Map.Entry<Integer, RunResult> entry : left.entrySet()) {
            RunResult other = right.get(entry.getKey());
            if (other != null) {
                double first = Metric.all(entry.getValue()).getOrDefault(metric, Double.NaN);
                double second = Metric.all(other).getOrDefault(metric, Double.NaN);
                if (!Double.isNaN(first) && !Double.isNaN(second)) {
                    a.add(first);
                    b.add(second);
                    unlike |= entry.getValue().seed() != other.seed();
                }
            }
        }
        if (unlike) {
            notes.add("'" + point + "': seeds differ, so pairs had different arrivals; the interval is wider for it");
        }
        double[] first = a.stream().mapToDouble(Double::doubleValue).toArray();
        double[] second = b.stream().mapToDouble(Double::doubleValue).toArray();
        Difference difference = Difference.paired(first, second);
        Interval base = Interval.of(first);
        Verdict verdict = verdict(difference, metric, tolerance * Math.abs(base.mean()));
        return new Compared(point, base, Interval.of(second), difference, first.length, verdict);
    }

    private static Verdict verdict(Difference difference, Metric metric, double margin) {
        if (!difference.isKnown()) {
            return Verdict.UNKNOWN;
        }
        double size = Math.abs(difference.mean());
        if (size + difference.halfWidth() <= margin) {
            return Verdict.SAME;
        }
        if (size <= difference.halfWidth()) {
            return Verdict.UNKNOWN;
        }
        if (size <= margin) {
            return Verdict.SAME;
        }
        return difference.mean() > 0 == metric.isLowerBetter() ? Verdict.WORSE : Verdict.BETTER;
    }

    /** Whether B is worse anywhere. */
    public boolean isRegression() {
        return points.stream().anyMatch(point -> point.verdict() == Verdict.WORSE);
    }

    /** A line per point, and the notes. */
    public String text() {
        String unit = metric.unit() == Metric.Unit.MILLIS ? " [ms]" : "";
        Table table = new Table("point", "pairs", "A " + metric.key() + unit, "B", "B - A", "in percent", "B is");
        for (Compared point : points) {
            double percent = 100 * point.difference().mean() / point.a().mean();
            table.add(List.of(
                    point.point().isEmpty() ? "(the only one)" : point.point(),
                    point.pairs(),
                    Numbers.interval(point.a()),
                    Numbers.interval(point.b()),
                    Numbers.interval(
                            point.difference().mean(), point.difference().halfWidth()),
                    Double.isFinite(percent) ? Numbers.percent(percent) : "",
                    point.verdict().name().toLowerCase(Locale.ROOT)));
        }
        StringBuilder text = new StringBuilder(TextReport.aligned(table));
        notes.forEach(
                note -> text.append("note: ").append(TextReport.printable(note)).append('\n'));
        return text.toString();
    }
}
