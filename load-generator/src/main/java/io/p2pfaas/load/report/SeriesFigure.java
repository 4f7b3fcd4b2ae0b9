package io.p2pfaas.load.report;

import io.p2pfaas.load.record.RunResult;
import io.p2pfaas.load.record.RunResult.Second;
import io.p2pfaas.load.report.MetricFigures.Words;
import io.p2pfaas.load.report.chart.Axis;
import io.p2pfaas.load.report.chart.Figure;
import io.p2pfaas.load.report.chart.Line;
import io.p2pfaas.load.report.chart.LinePanel;
import io.p2pfaas.load.report.chart.Panel;
import io.p2pfaas.load.report.chart.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** How the measurement went in time, at the largest place of the charts; all repetitions together. */
final class SeriesFigure {
    private static final int MOST_STEPS = 150;
    private static final double NANOS_PER_MILLI = 1e6;

    private final Layout layout;
    private final Cast cast;

    SeriesFigure(Layout layout, Cast cast) {
        this.layout = layout;
        this.cast = cast;
    }

    /** Sums of a stretch of time. */
    private static final class Stretch {
        private long arrived;
        private long done;
        private long rejected;
        private long failed;
        private double latencyNanos;
        private int seconds;

        void add(Second second) {
            arrived += second.arrived();
            done += second.done();
            rejected += second.rejected();
            failed += second.failed();
            latencyNanos += second.done() == 0 ? 0 : second.latencyNanos() * second.done();
            seconds++;
        }

        double perSecond(long count) {
            return (double) count / seconds;
        }
    }

    /** What is drawn of a stretch. */
    private enum Quantity {
        ARRIVED("arrived calls [1/s]"),
        DONE("answered calls [1/s]"),
        REJECTED("rejected [share]"),
        FAILED("failed calls [1/s]"),
        LATENCY("mean latency [ms]");

        private final String axis;

        Quantity(String axis) {
            this.axis = axis;
        }

        double of(Stretch stretch) {
            return switch (this) {
                case ARRIVED -> stretch.perSecond(stretch.arrived);
                case DONE -> stretch.perSecond(stretch.done);
                case REJECTED -> stretch.arrived == 0 ? Double.NaN : (double) stretch.rejected / stretch.arrived;
                case FAILED -> stretch.perSecond(stretch.failed);
                case LATENCY -> stretch.done == 0 ? Double.NaN : stretch.latencyNanos / stretch.done / NANOS_PER_MILLI;
            };
        }
    }

    Optional<Figure> of(Words words) {
        List<Panel> panels = new ArrayList<>();
        Table data = new Table("series", "panel", "quantity", "second", "value");
        layout.panels().forEach((title, cells) -> {
            double last = cells.stream().mapToDouble(layout::x).max().orElse(0);
            List<Cell> here =
                    cells.stream().filter(cell -> layout.x(cell) == last).toList();
            for (Quantity quantity : Quantity.values()) {
                String where = MetricFigures.join(layout.where(here.get(0)), title);
                List<Line> lines = lines(here, quantity, where, data);
                boolean nothing = quantity == Quantity.FAILED
                        && lines.stream().allMatch(line -> line.dots().stream().allMatch(dot -> dot.y() == 0));
                if (!lines.isEmpty() && !nothing) {
                    panels.add(new LinePanel(
                            where,
                            new Axis("time since the measurement began [s]", Axis.Kind.FITTED),
                            new Axis(quantity.axis, Axis.Kind.FROM_ZERO),
                            lines));
                }
            }
        });
        return panels.isEmpty()
                ? Optional.empty()
                : Optional.of(new Figure(words.id(), words.title(), words.caption(), panels, data));
    }

    private List<Line> lines(List<Cell> cells, Quantity quantity, String where, Table data) {
        List<Line> lines = new ArrayList<>();
        for (Cell cell : cells) {
            int end = cell.repetitions().stream()
                    .flatMap(one -> one.run().series().stream())
                    .mapToInt(second -> second.second() + 1)
                    .max()
                    .orElse(0);
            if (end < 2) {
                continue;
            }
            int width = (end + MOST_STEPS - 1) / MOST_STEPS;
            List<Line.Dot> dots = new ArrayList<>();
            stretches(cell, width).forEach((step, stretch) -> {
                double middle = step * width + width / 2.0;
                dots.add(new Line.Dot(middle, quantity.of(stretch)));
                data.add(List.of(cast.name(cell), where, quantity.axis, middle, quantity.of(stretch)));
            });
            lines.add(new Line(cast.name(cell), cast.bare(cell), dots));
        }
        return lines;
    }

    private static Map<Integer, Stretch> stretches(Cell cell, int width) {
        Map<Integer, Stretch> stretches = new TreeMap<>();
        for (Cell.Repetition one : cell.repetitions()) {
            RunResult run = one.run();
            // A second that the measurement ended in is shorter than the others.
            double whole = run.measuredNanos() / 1e9;
            run.series().stream()
                    .filter(second -> second.second() + 1 <= whole + 1e-6)
                    .forEach(second -> stretches
                            .computeIfAbsent(second.second() / width, step -> new Stretch())
                            .add(second));
        }
        return stretches;
    }
}
