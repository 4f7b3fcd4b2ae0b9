package io.p2pfaas.load.report.chart;

import io.p2pfaas.load.report.chart.Canvas.At;
import io.p2pfaas.load.report.chart.Canvas.Pen;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;

/** Series over a common axis, with intervals. */
public record LinePanel(String title, Axis x, Axis y, List<Line> lines) implements Panel {
    private static final int Y_TICKS = 5;
    private static final int X_TICKS = 6;
    private static final int CAP = 3;
    private static final int LONE = 24;
    private static final double LABEL_HEIGHT = 18;
    private static final double LABEL_WIDTH = 34;

    public LinePanel {
        lines = List.copyOf(lines);
    }

    @Override
    public void draw(PanelCanvas panel) {
        Scale xs = Scale.of(x, dots().mapToDouble(Line.Dot::x), X_TICKS);
        Scale ys = Scale.of(y, extent(), Y_TICKS);
        for (double tick : xs.ticks(LABEL_WIDTH / PanelCanvas.PLOT_WIDTH)) {
            panel.tickBelow(xs.share(tick), Scale.label(tick), true);
        }
        for (double tick : ys.ticks(LABEL_HEIGHT / PanelCanvas.PLOT_HEIGHT)) {
            panel.tickLeft(ys.share(tick), Scale.label(tick), true);
        }
        panel.words(title, x.title(), y.title());
        panel.frame();
        if (dots().noneMatch(dot -> xs.shows(dot.x()) && ys.shows(dot.y()))) {
            panel.notice("no values above zero to show");
        }
        // All lines before all markers: a value must not be hidden by somebody else's line.
        lines.forEach(line -> connect(panel, xs, ys, line));
        lines.stream().filter(line -> line.look().hasMarkers()).forEach(line -> mark(panel, xs, ys, line));
    }

    /** What the y axis covers: what was measured, and theory only where it is above. */
    private DoubleStream extent() {
        List<Line.Dot> measured = lines.stream()
                .filter(line -> line.look().style() != Line.Style.THEORY)
                .flatMap(line -> line.dots().stream())
                .toList();
        double least = measured.stream()
                .mapToDouble(Line.Dot::y)
                .filter(value -> value > 0)
                .min()
                .orElse(0);
        // On a logarithmic axis a curve or a whisker that goes towards zero would leave no room for the rest.
        double floor = y.kind() == Axis.Kind.LOGARITHMIC ? least / 10 : Double.NEGATIVE_INFINITY;
        DoubleStream ends = measured.stream()
                .flatMapToDouble(dot -> DoubleStream.of(dot.y(), dot.high(), dot.low()))
                .filter(value -> value >= floor);
        return DoubleStream.concat(ends, dots().mapToDouble(Line.Dot::y).filter(value -> value >= least));
    }

    private Stream<Line.Dot> dots() {
        return lines.stream().flatMap(line -> line.dots().stream());
    }

    /** A piece of a curve without markers that has one value only would not be seen. */
    private static void draw(PanelCanvas panel, List<At> piece, Line.Look look) {
        if (piece.size() == 1 && !look.hasMarkers()) {
            At only = piece.get(0);
            At left = new At(only.x() - LONE, only.y());
            panel.canvas().path(List.of(left, new At(only.x() + LONE, only.y())), look.pen());
        } else {
            panel.canvas().path(piece, look.pen());
        }
    }

    private static void connect(PanelCanvas panel, Scale xs, Scale ys, Line line) {
        List<At> piece = new ArrayList<>();
        for (Line.Dot dot : line.dots()) {
            if (xs.shows(dot.x()) && ys.shows(dot.y())) {
                piece.add(panel.at(xs.share(dot.x()), ys.share(dot.y())));
            } else {
                draw(panel, piece, line.look());
                piece.clear();
            }
        }
        draw(panel, piece, line.look());
    }

    private static void mark(PanelCanvas panel, Scale xs, Scale ys, Line line) {
        Ink ink = line.look().ink();
        for (Line.Dot dot : line.dots()) {
            if (!xs.shows(dot.x()) || !ys.shows(dot.y())) {
                continue;
            }
            double x = xs.share(dot.x());
            if (!Double.isNaN(dot.low())) {
                At low = panel.at(x, ys.share(ys.clamp(dot.low())));
                At high = panel.at(x, ys.share(ys.clamp(dot.high())));
                Pen pen = Pen.solid(ink, 1.2);
                panel.canvas().path(List.of(low, high), pen);
                cap(panel.canvas(), low, pen);
                cap(panel.canvas(), high, pen);
            }
            panel.canvas()
                    .marker(
                            Marker.series(line.look().number()),
                            panel.at(x, ys.share(dot.y())),
                            ink,
                            line.look().isDashed(),
                            line.title(dot));
        }
    }

    private static void cap(Canvas canvas, At at, Pen pen) {
        canvas.path(List.of(new At(at.x() - CAP, at.y()), new At(at.x() + CAP, at.y())), pen);
    }
}
