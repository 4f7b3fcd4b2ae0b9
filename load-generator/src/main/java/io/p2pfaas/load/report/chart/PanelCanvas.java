package io.p2pfaas.load.report.chart;

import io.p2pfaas.load.report.chart.Canvas.Anchor;
import io.p2pfaas.load.report.chart.Canvas.At;
import io.p2pfaas.load.report.chart.Canvas.Lettering;
import io.p2pfaas.load.report.chart.Canvas.Pen;
import java.util.List;

/** The place of a panel on a canvas, with what all panels share: title, plot area, ticks, axis titles. */
public final class PanelCanvas {
    static final int LEFT = 72;
    static final int RIGHT = 20;
    static final int TOP = 30;
    static final int BOTTOM = 48;
    static final int PLOT_WIDTH = Panel.WIDTH - LEFT - RIGHT;
    static final int PLOT_HEIGHT = Panel.HEIGHT - TOP - BOTTOM;
    private static final double TICK_SIZE = 12;
    private static final double TITLE_SIZE = 13;
    private static final double ESTIMATED_LETTER = 0.56;

    private final Canvas canvas;
    private final double dx;
    private final double dy;

    PanelCanvas(Canvas canvas, double dx, double dy) {
        this.canvas = canvas;
        this.dx = dx;
        this.dy = dy;
    }

    /** What everything is drawn on; positions come from {@link #at}. */
    Canvas canvas() {
        return canvas;
    }

    /** A position in the plot area, as shares of its width and, upwards, of its height. */
    At at(double x, double y) {
        return new At(dx + LEFT + x * PLOT_WIDTH, dy + TOP + (1 - y) * PLOT_HEIGHT);
    }

    /** Title and axis titles; texts that are too long are cut, with an ellipsis. */
    void words(String title, String xTitle, String yTitle) {
        Lettering bold = new Lettering(Ink.TEXT, TITLE_SIZE, true, Anchor.START);
        canvas.text(new At(dx + 8, dy + 17), cut(title, Panel.WIDTH - 16, TITLE_SIZE * 1.08), bold);
        Lettering plain = new Lettering(Ink.TEXT, TICK_SIZE, false, Anchor.MIDDLE);
        canvas.text(
                new At(dx + LEFT + PLOT_WIDTH / 2.0, dy + Panel.HEIGHT - 8), cut(xTitle, PLOT_WIDTH, TICK_SIZE), plain);
        canvas.textUpwards(
                new At(dx + 14, dy + TOP + PLOT_HEIGHT / 2.0), cut(yTitle, Panel.HEIGHT - 40, TICK_SIZE), plain);
    }

    static String cut(String text, double width, double size) {
        int fits = (int) (width / (size * ESTIMATED_LETTER));
        return text.length() <= fits ? text : text.substring(0, fits - 1) + "\u2026";
    }

    static double estimatedWidth(String text, double size) {
        return text.length() * size * ESTIMATED_LETTER;
    }

    void tickBelow(double x, String label, boolean withLine) {
        At foot = at(x, 0);
        if (withLine) {
            canvas.path(List.of(foot, at(x, 1)), Pen.solid(Ink.GRID, 1));
        }
        canvas.text(new At(foot.x(), foot.y() + 17), label, new Lettering(Ink.MUTED, TICK_SIZE, false, Anchor.MIDDLE));
    }

    void tickLeft(double y, String label, boolean withLine) {
        At foot = at(0, y);
        if (withLine) {
            canvas.path(List.of(foot, at(1, y)), Pen.solid(Ink.GRID, 1));
        }
        canvas.text(new At(foot.x() - 7, foot.y() + 4), label, new Lettering(Ink.MUTED, TICK_SIZE, false, Anchor.END));
    }

    /** The two axes. */
    void frame() {
        canvas.path(List.of(at(0, 1), at(0, 0), at(1, 0)), Pen.solid(Ink.FRAME, 1));
    }

    void notice(String text) {
        canvas.text(at(0.5, 0.5), text, new Lettering(Ink.MUTED, TITLE_SIZE, false, Anchor.MIDDLE));
    }
}
