package io.p2pfaas.load.report.chart;

/** One chart of a figure. All panels have the same size, so that they can be laid out as a grid. */
public sealed interface Panel permits LinePanel, HeatPanel {
    /** Pixels of a screen. Small enough to be read on a phone without zooming. */
    int WIDTH = 400;

    int HEIGHT = 290;

    /** What it shows, in words. */
    String title();

    /** Draws it at its place. */
    void draw(PanelCanvas canvas);

    /** The element for a page. */
    default String svg(String figure) {
        SvgCanvas svg = new SvgCanvas();
        draw(new PanelCanvas(svg, 0, 0));
        return svg.element(WIDTH, HEIGHT, title().isEmpty() ? figure : figure + ": " + title());
    }
}
