package io.p2pfaas.load.report.chart;

import io.p2pfaas.load.report.chart.Canvas.At;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Which look means which series, each once. */
public record Legend(Map<String, Line.Look> entries) {
    static final int SWATCH_WIDTH = 34;
    static final int SWATCH_HEIGHT = 14;

    /** Of all lines of these panels, in the order they first occur. */
    static Legend of(List<Panel> panels) {
        Map<String, Line.Look> entries = new LinkedHashMap<>();
        for (Panel panel : panels) {
            if (panel instanceof LinePanel chart) {
                chart.lines().forEach(line -> entries.putIfAbsent(line.name(), line.look()));
            }
        }
        return new Legend(entries);
    }

    /** A sample of the line. */
    static void swatch(Canvas canvas, Line.Look look, double x, double y) {
        double middle = y + SWATCH_HEIGHT / 2.0;
        canvas.path(List.of(new At(x, middle), new At(x + SWATCH_WIDTH, middle)), look.pen());
        if (look.hasMarkers()) {
            At centre = new At(x + SWATCH_WIDTH / 2.0, middle);
            canvas.marker(Marker.series(look.number()), centre, look.ink(), look.isDashed(), "");
        }
    }

    /** Items of an HTML list. */
    public String html() {
        StringBuilder items = new StringBuilder();
        entries.forEach((name, look) -> {
            SvgCanvas svg = new SvgCanvas();
            swatch(svg, look, 0, 0);
            items.append("<li>")
                    .append(svg.element(SWATCH_WIDTH, SWATCH_HEIGHT, "sample of the line"))
                    .append(Xml.text(name))
                    .append("</li>\n");
        });
        return items.toString();
    }

    /** Where the entries go in lines of so many pixels: the x of each, and the line it is in. */
    List<int[]> layout(double width, double size) {
        List<int[]> places = new ArrayList<>();
        double x = 0;
        int line = 0;
        for (String name : entries.keySet()) {
            double needed = SWATCH_WIDTH + 8 + PanelCanvas.estimatedWidth(name, size) + 18;
            if (x > 0 && x + needed > width) {
                x = 0;
                line++;
            }
            places.add(new int[] {(int) x, line});
            x += needed;
        }
        return places;
    }
}
