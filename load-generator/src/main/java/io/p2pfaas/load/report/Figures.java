package io.p2pfaas.load.report;

import io.p2pfaas.load.record.RunResult;
import io.p2pfaas.load.report.MetricFigures.Words;
import io.p2pfaas.load.report.chart.Axis;
import io.p2pfaas.load.report.chart.Figure;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** All figures of a report, those without data left out. */
final class Figures {
    private static final String INTERVALS =
            " Whiskers are 95 % intervals over independent repetitions (Student's t); a point with a single repetition"
                    + " has none.";

    private Figures() {}

    static List<Figure> of(Study study, Layout layout, TheoryCurves theory) {
        Cast cast = new Cast(study);
        MetricFigures metrics = new MetricFigures(study, layout, cast, new TheoryLines(theory, layout));
        DistributionFigures distributions = new DistributionFigures(layout, cast);
        Stream<Optional<Figure>> all = Stream.of(
                metrics.of(
                        new Words(
                                "loss",
                                "Rejected calls",
                                "Calls that were rejected as a share of all that came, pB; failures are not in it."
                                        + INTERVALS
                                        + " Theory knows no delays: calls on their way to a peer fill no slot, so an"
                                        + " algorithm that tries several peers can lose a little less than its bound."),
                        Axis.Kind.FROM_ZERO,
                        List.of(Metric.PB)),
                metrics.of(
                        new Words(
                                "loss-log",
                                "Rejected calls, logarithmic",
                                "The same on a logarithmic axis. Points without any loss have no place on it, and"
                                        + " whiskers that reach to zero end at its lower edge."),
                        Axis.Kind.LOGARITHMIC,
                        List.of(Metric.PB)),
                metrics.of(
                        new Words(
                                "latency",
                                "Latency percentiles",
                                "Of answered calls, from the moment they were due." + INTERVALS),
                        Axis.Kind.FROM_ZERO,
                        List.of(Metric.P50, Metric.P90, Metric.P99)),
                distributions.of(
                        new Words(
                                "latency-distribution",
                                "Latency distribution",
                                "Share of answered calls that took at most so long, all repetitions together."),
                        "latency",
                        RunResult::latency),
                metrics.of(
                        new Words(
                                "forwarded",
                                "Calls run by another node",
                                "Answered calls that another node ran than the one they came to, as a share of all"
                                        + " that came, pE." + INTERVALS),
                        Axis.Kind.FROM_ZERO,
                        List.of(Metric.PE)),
                new MatrixFigure(layout, cast)
                        .of(new Words(
                                "forward-matrix",
                                "Who ran whose calls",
                                "Answered calls by the node they came to (row) and the node that ran them (column), in"
                                        + " percent of the row, at the largest value of the charts' axis.")),
                metrics.of(
                        new Words(
                                "fairness",
                                "Fairness between nodes",
                                "Jain's index of the calls that each node ran (1: all the same), and the largest less"
                                        + " the smallest pB of a node." + INTERVALS),
                        Axis.Kind.FROM_ZERO,
                        List.of(Metric.JAIN, Metric.SPREAD)),
                metrics.of(
                        new Words(
                                "packets",
                                "Broker packets per call",
                                "Packets that the broker received or sent, per call that came." + INTERVALS),
                        Axis.Kind.FROM_ZERO,
                        List.of(Metric.PACKETS)),
                distributions.of(
                        new Words(
                                "sample-age",
                                "Age of load samples",
                                "Share of the load samples used in decisions that were at most so old."),
                        "age of the sample",
                        RunResult::sampleAge),
                new SeriesFigure(layout, cast)
                        .of(new Words(
                                "time-series",
                                "In the course of time",
                                "All repetitions together, at the largest value of the charts' axis. Long runs are"
                                        + " averaged over some seconds.")));
        return all.flatMap(Optional::stream).toList();
    }
}
