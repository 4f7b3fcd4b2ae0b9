package io.p2pfaas.load.report;

import io.p2pfaas.load.record.HistogramText;
import io.p2pfaas.load.record.RunResult;
import io.p2pfaas.load.report.MetricFigures.Words;
import io.p2pfaas.load.report.chart.Axis;
import io.p2pfaas.load.report.chart.Figure;
import io.p2pfaas.load.report.chart.Line;
import io.p2pfaas.load.report.chart.LinePanel;
import io.p2pfaas.load.report.chart.Panel;
import io.p2pfaas.load.report.chart.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.HdrHistogram.Histogram;

/** Cumulative distributions of all repetitions together, at the smallest, a middle and the largest place of the charts. */
final class DistributionFigures {
    private static final double NANOS_PER_MILLI = 1e6;
    private static final int STEPS = 100;

    private final Layout layout;
    private final Cast cast;

    DistributionFigures(Layout layout, Cast cast) {
        this.layout = layout;
        this.cast = cast;
    }

    /** Empty if all histograms are. */
    Optional<Figure> of(Words words, String quantity, Function<RunResult, String> histogram) {
        List<Panel> panels = new ArrayList<>();
        Table data = new Table("series", "panel", "share", "value_ms");
        layout.panels().forEach((title, cells) -> {
            for (double x : chosen(cells)) {
                List<Cell> here =
                        cells.stream().filter(cell -> layout.x(cell) == x).toList();
                String which = MetricFigures.join(layout.where(here.get(0)), title);
                List<Line> lines = new ArrayList<>();
                for (Cell cell : here) {
                    List<Line.Dot> dots = dots(merged(cell, histogram));
                    if (!dots.isEmpty()) {
                        lines.add(new Line(cast.name(cell), cast.bare(cell), dots));
                        dots.forEach(dot -> data.add(List.of(cast.name(cell), which, dot.y(), dot.x())));
                    }
                }
                if (!lines.isEmpty()) {
                    panels.add(new LinePanel(
                            which,
                            new Axis(quantity + " [ms]", Axis.Kind.LOGARITHMIC),
                            new Axis("share not above", Axis.Kind.FROM_ZERO),
                            lines));
                }
            }
        });
        return panels.isEmpty()
                ? Optional.empty()
                : Optional.of(new Figure(words.id(), words.title(), words.caption(), panels, data));
    }

    private List<Double> chosen(List<Cell> cells) {
        List<Double> all = cells.stream().map(layout::x).distinct().sorted().toList();
        int last = all.size() - 1;
        return List.of(all.get(0), all.get(last / 2), all.get(last)).stream()
                .distinct()
                .toList();
    }

    private static Histogram merged(Cell cell, Function<RunResult, String> histogram) {
        Histogram merged = new Histogram(3);
        merged.setAutoResize(true);
        cell.repetitions().forEach(one -> merged.add(HistogramText.parse(histogram.apply(one.run()))));
        return merged;
    }

    /** Every percent, and finer towards the tail. */
    private static List<Line.Dot> dots(Histogram nanos) {
        List<Line.Dot> dots = new ArrayList<>();
        if (nanos.getTotalCount() == 0) {
            return dots;
        }
        for (int step = 1; step < STEPS; step++) {
            dots.add(dot(nanos, step));
        }
        for (double percentile : new double[] {99.5, 99.9, 99.99}) {
            dots.add(dot(nanos, percentile));
        }
        return dots;
    }

    private static Line.Dot dot(Histogram nanos, double percentile) {
        return new Line.Dot(nanos.getValueAtPercentile(percentile) / NANOS_PER_MILLI, percentile / STEPS);
    }
}
