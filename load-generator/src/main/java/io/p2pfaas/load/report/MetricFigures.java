package io.p2pfaas.load.report;

import io.p2pfaas.load.record.Interval;
import io.p2pfaas.load.report.chart.Axis;
import io.p2pfaas.load.report.chart.Figure;
import io.p2pfaas.load.report.chart.Line;
import io.p2pfaas.load.report.chart.LinePanel;
import io.p2pfaas.load.report.chart.Panel;
import io.p2pfaas.load.report.chart.Table;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Metrics over the axis of the charts: means of repetitions with their intervals. */
final class MetricFigures {
    private final Study study;
    private final Layout layout;
    private final Cast cast;
    private final TheoryLines theory;

    MetricFigures(Study study, Layout layout, Cast cast, TheoryLines theory) {
        this.study = study;
        this.layout = layout;
        this.cast = cast;
        this.theory = theory;
    }

    /** What a figure is called and how it is read. */
    record Words(String id, String title, String caption) {}

    /** Empty if no repetition has any of the metrics. */
    Optional<Figure> of(Words words, Axis.Kind kind, List<Metric> metrics) {
        List<Panel> panels = new ArrayList<>();
        Table data = new Table(header());
        layout.panels().forEach((title, cells) -> {
            for (Metric metric : metrics) {
                List<Line> lines = lines(cells, metric, data);
                if (lines.isEmpty()) {
                    continue;
                }
                if (metric == Metric.PB) {
                    List<Line> curves = theory.of(cells);
                    curves.forEach(curve -> addTheory(data, cells, curve));
                    lines.addAll(curves);
                }
                String which = metrics.size() == 1 ? title : join(metric.title(), title);
                panels.add(new LinePanel(
                        which,
                        layout.xAxis(),
                        new Axis(metric.axis(), metric == Metric.JAIN ? Axis.Kind.UP_TO_ONE : kind),
                        lines));
            }
        });
        return panels.isEmpty()
                ? Optional.empty()
                : Optional.of(new Figure(words.id(), words.title(), words.caption(), panels, data));
    }

    static String join(String first, String second) {
        return second.isEmpty() ? first : first.isEmpty() ? second : first + ", " + second;
    }

    private List<String> header() {
        List<String> header = new ArrayList<>(List.of("series", "source"));
        header.addAll(study.axes());
        header.addAll(List.of("x", "metric", "unit", "mean", "half_width", "repetitions"));
        return header;
    }

    private List<Line> lines(List<Cell> cells, Metric metric, Table data) {
        List<Line> lines = new ArrayList<>();
        for (Map.Entry<String, List<Cell>> series : cast.series(cells).entrySet()) {
            List<Cell> along = series.getValue().stream()
                    .sorted(Comparator.comparingDouble(layout::x))
                    .toList();
            List<Line.Dot> dots = new ArrayList<>();
            for (Cell cell : along) {
                Interval value = cell.interval(metric);
                if (value.n() > 0) {
                    dots.add(new Line.Dot(layout.x(cell), value.mean(), value.low(), value.high()));
                    add(data, series.getKey(), cell, metric, value);
                }
            }
            if (!dots.isEmpty()) {
                lines.add(new Line(series.getKey(), cast.marked(along.get(0)), dots));
            }
        }
        return lines;
    }

    private void add(Table data, String series, Cell cell, Metric metric, Interval value) {
        List<Object> row = new ArrayList<>(List.of(series, cell.source().name()));
        study.axes().forEach(axis -> row.add(cell.setting(axis)));
        row.addAll(List.of(
                layout.x(cell), metric.key(), metric.unit().label(), value.mean(), value.halfWidth(), value.n()));
        data.add(row);
    }

    private void addTheory(Table data, List<Cell> cells, Line curve) {
        for (Line.Dot dot : curve.dots()) {
            List<Object> row = new ArrayList<>(List.of(curve.name(), "theory"));
            for (String axis : study.axes()) {
                List<String> values = cells.stream()
                        .map(cell -> cell.setting(axis))
                        .distinct()
                        .toList();
                row.add(values.size() == 1 ? values.get(0) : "");
            }
            row.addAll(List.of(dot.x(), Metric.PB.key(), Metric.PB.unit().label(), dot.y(), Double.NaN, 0));
            data.add(row);
        }
    }
}
