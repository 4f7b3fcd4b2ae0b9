package io.p2pfaas.load.report.chart;

import io.p2pfaas.load.report.chart.Canvas.Anchor;
import io.p2pfaas.load.report.chart.Canvas.At;
import io.p2pfaas.load.report.chart.Canvas.Lettering;
import java.awt.image.BufferedImage;
import java.util.List;
import java.util.Map;

/**
 * Charts that belong together, and the numbers in them.
 *
 * @param id for file names and links: small letters and hyphens
 * @param title a few words
 * @param caption what is shown, and how to read it
 * @param data what the charts were drawn from
 */
public record Figure(String id, String title, String caption, List<Panel> panels, Table data) {
    private static final int MOST_COLUMNS = 3;
    private static final int MARGIN = 12;
    private static final int LINE_HEIGHT = 22;
    private static final double LEGEND_SIZE = 12;
    private static final int HEAD = 34;

    public Figure {
        panels = List.copyOf(panels);
        if (panels.isEmpty()) {
            throw new IllegalArgumentException("figure " + id + " has no panels");
        }
    }

    public Legend legend() {
        return Legend.of(panels);
    }

    /** One SVG file with all panels, title and legend, on white. */
    public String svg() {
        SvgCanvas svg = new SvgCanvas();
        draw(svg);
        return svg.document(width(), height(), title);
    }

    /** The same as pixels. */
    public BufferedImage image() {
        ImageCanvas image = new ImageCanvas(width(), height());
        draw(image);
        return image.image();
    }

    private int columns() {
        // Four panels look better as a square than as three and one.
        return panels.size() == 4 ? 2 : Math.min(MOST_COLUMNS, panels.size());
    }

    private int width() {
        return columns() * Panel.WIDTH + 2 * MARGIN;
    }

    private int legendHeight() {
        List<int[]> places = legend().layout(columns() * Panel.WIDTH, LEGEND_SIZE);
        return places.isEmpty() ? 0 : (places.get(places.size() - 1)[1] + 1) * LINE_HEIGHT + 6;
    }

    private int height() {
        int rows = (panels.size() + columns() - 1) / columns();
        return HEAD + legendHeight() + rows * Panel.HEIGHT + MARGIN;
    }

    private void draw(Canvas canvas) {
        canvas.rect(new At(0, 0), width(), height(), Ink.PAPER, "");
        double most = columns() * (double) Panel.WIDTH - MARGIN;
        Lettering head = new Lettering(Ink.TEXT, 15, true, Anchor.START);
        canvas.text(new At(MARGIN + 8, 24), PanelCanvas.cut(title, most, 16), head);
        List<int[]> places = legend().layout(columns() * Panel.WIDTH, LEGEND_SIZE);
        int entry = 0;
        for (Map.Entry<String, Line.Look> named : legend().entries().entrySet()) {
            double x = MARGIN + 8 + places.get(entry)[0];
            double y = HEAD + places.get(entry)[1] * LINE_HEIGHT;
            entry++;
            Legend.swatch(canvas, named.getValue(), x, y);
            canvas.text(
                    new At(x + Legend.SWATCH_WIDTH + 8, y + 11),
                    PanelCanvas.cut(named.getKey(), most - Legend.SWATCH_WIDTH, LEGEND_SIZE),
                    new Lettering(Ink.TEXT, LEGEND_SIZE, false, Anchor.START));
        }
        for (int i = 0; i < panels.size(); i++) {
            double x = MARGIN + (i % columns()) * (double) Panel.WIDTH;
            int row = i / columns();
            double y = HEAD + legendHeight() + row * (double) Panel.HEIGHT;
            panels.get(i).draw(new PanelCanvas(canvas, x, y));
        }
    }
}
