package io.p2pfaas.load.campaign;

import io.p2pfaas.load.plan.Experiment;
import io.p2pfaas.load.plan.Metric;
import io.p2pfaas.load.plan.Point;
import io.p2pfaas.load.record.EndState;
import io.p2pfaas.load.record.HistogramText;
import io.p2pfaas.load.record.Interval;
import io.p2pfaas.load.record.RunResult;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.function.ToLongFunction;
import org.HdrHistogram.Histogram;

/** What all repetitions of a point come to. */
public final class PointSummary {
    private static final int SIGNIFICANT_DIGITS = 3;

    private final Experiment experiment;
    private final Point point;
    private final List<RunResult> runs;
    private final Histogram latency;
    private final Histogram sendLag;

    /** @param runs at least one */
    public PointSummary(Experiment experiment, Point point, List<RunResult> runs) {
        if (runs.isEmpty()) {
            throw new IllegalArgumentException("no runs of " + point);
        }
        this.experiment = experiment;
        this.point = point;
        this.runs = List.copyOf(runs);
        this.latency = merged(RunResult::latency);
        this.sendLag = merged(RunResult::sendLag);
    }

    private Histogram merged(Function<RunResult, String> text) {
        Histogram all = new Histogram(SIGNIFICANT_DIGITS);
        runs.forEach(run -> all.add(HistogramText.parse(text.apply(run))));
        return all;
    }

    public Point point() {
        return point;
    }

    public int repetitions() {
        return runs.size();
    }

    /** Rejected calls as a share of those that came, over repetitions. */
    public Interval pB() {
        return interval(RunResult::pB);
    }

    /** Calls that another node ran, likewise. */
    public Interval pE() {
        return interval(RunResult::pE);
    }

    private Interval interval(ToDoubleFunction<RunResult> value) {
        return Interval.of(runs.stream().mapToDouble(value).toArray());
    }

    /** Latencies of answered calls of all repetitions, in nanoseconds. */
    public Histogram latency() {
        return latency.copy();
    }

    /** Packets that the broker received or sent, for each call that came; NaN if nobody counted. */
    public double packetsPerCall() {
        boolean counted = runs.stream().anyMatch(run -> !run.packets().isEmpty());
        long packets = sum(run ->
                run.packets().values().stream().mapToLong(Long::longValue).sum());
        return counted ? (double) packets / sum(RunResult::arrived) : Double.NaN;
    }

    private long sum(ToLongFunction<RunResult> count) {
        return runs.stream().mapToLong(count).sum();
    }

    private long ended(EndState state) {
        return sum(run -> run.ended(state));
    }

    /** The value of a metric; NaN if there is none, as for latencies where nothing was answered. */
    public double value(Metric metric) {
        return switch (metric) {
            case P_B -> pB().mean();
            case P_E -> pE().mean();
            case FAILED -> sum(RunResult::arrived) - ended(EndState.OK) - ended(EndState.REJECTED);
            case LATE -> sum(RunResult::late);
            case TIMEOUTS -> ended(EndState.TIMEOUT);
            case NOT_SENT -> ended(EndState.NOT_SENT) + ended(EndState.CUT_OFF);
            case SEND_LAG_P99 -> percentile(sendLag, 99);
            case LATENCY_P50 -> percentile(latency, 50);
            case LATENCY_P90 -> percentile(latency, 90);
            case LATENCY_P99 -> percentile(latency, 99);
            case MEAN_LATENCY -> latency.getTotalCount() == 0 ? Double.NaN : latency.getMean();
            case OFFERED_ERROR -> offeredError();
        };
    }

    private static double percentile(Histogram histogram, double percentile) {
        return histogram.getTotalCount() == 0 ? Double.NaN : histogram.getValueAtPercentile(percentile);
    }

    private double offeredError() {
        double planned =
                PlannedLoad.of(experiment, point).offeredPerSecond(experiment) * sum(RunResult::measuredNanos) / 1e9;
        return Math.abs(sum(RunResult::arrived) / planned - 1);
    }

    boolean isSimulated() {
        return runs.get(0).world() == RunResult.World.SIMULATED;
    }
}
