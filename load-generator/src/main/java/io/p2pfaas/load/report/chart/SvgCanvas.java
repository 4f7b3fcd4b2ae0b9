package io.p2pfaas.load.report.chart;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Writes SVG that stands alone or inside a page: colours as attributes, and a class for each that a page may restyle. */
final class SvgCanvas implements Canvas {
    private static final String FONTS =
            "system-ui, -apple-system, 'Segoe UI', Roboto, 'DejaVu Sans', Arial, sans-serif";

    private final StringBuilder body = new StringBuilder();

    @Override
    public void rect(At corner, double width, double height, Ink fill, String title) {
        body.append("<rect x=\"%s\" y=\"%s\" width=\"%s\" height=\"%s\"%s"
                .formatted(n(corner.x()), n(corner.y()), n(width), n(height), fill(fill)));
        end("rect", title);
    }

    @Override
    public void path(List<At> points, Pen pen) {
        if (points.isEmpty()) {
            return;
        }
        String dash = pen.dash().isEmpty()
                ? ""
                : " stroke-dasharray=\"%s\""
                        .formatted(pen.dash().stream().map(String::valueOf).collect(Collectors.joining(" ")));
        body.append("<path d=\"%s\" fill=\"none\" class=\"k-%s\" stroke=\"%s\" stroke-width=\"%s\"%s/>\n"
                .formatted(d(points), pen.ink().name(), pen.ink().css(), n(pen.width()), dash));
    }

    @Override
    public void text(At at, String text, Lettering type) {
        text(at, text, type, "");
    }

    @Override
    public void textUpwards(At at, String text, Lettering type) {
        text(at, text, type, " transform=\"rotate(-90 %s %s)\"".formatted(n(at.x()), n(at.y())));
    }

    private void text(At at, String text, Lettering type, String more) {
        String anchor = type.anchor() == Anchor.START
                ? ""
                : " text-anchor=\"%s\"".formatted(type.anchor().name().toLowerCase(Locale.ROOT));
        body.append("<text x=\"%s\" y=\"%s\" font-size=\"%s\"%s%s%s%s>%s</text>\n"
                .formatted(
                        n(at.x()),
                        n(at.y()),
                        n(type.size()),
                        fill(type.ink()),
                        anchor,
                        type.bold() ? " font-weight=\"600\"" : "",
                        more,
                        Xml.text(text)));
    }

    @Override
    public void marker(Marker marker, At at, Ink ink, boolean hollow, String title) {
        String fill = hollow ? " fill=\"none\"" : fill(ink).replace("class=\"", "class=\"k-%s ".formatted(ink.name()));
        body.append("<path d=\"%sZ\"%s%s stroke=\"%s\" stroke-width=\"1.6\""
                .formatted(
                        d(marker.outline(at, hollow)),
                        hollow ? " class=\"k-%s\"".formatted(ink.name()) : "",
                        fill,
                        ink.css()));
        end("path", title);
    }

    private void end(String element, String title) {
        body.append(title.isEmpty() ? "/>\n" : "><title>%s</title></%s>\n".formatted(Xml.text(title), element));
    }

    private static String fill(Ink ink) {
        return " class=\"f-%s\" fill=\"%s\"".formatted(ink.name(), ink.css());
    }

    private static String d(List<At> points) {
        StringBuilder d = new StringBuilder();
        for (At point : points) {
            d.append(d.length() == 0 ? 'M' : 'L')
                    .append(n(point.x()))
                    .append(' ')
                    .append(n(point.y()));
        }
        return d.toString();
    }

    /** To a tenth of a pixel. */
    private static String n(double value) {
        double rounded = Math.round(value * 10) / 10.0;
        return rounded == Math.rint(rounded) ? Long.toString((long) rounded) : Double.toString(rounded);
    }

    /** The element, for a page. Its size comes from the page; {@code description} is read out instead of it. */
    String element(double width, double height, String description) {
        return ("<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %s %s\" role=\"img\" aria-label=\"%s\""
                        + " font-family=\"%s\">\n%s</svg>\n")
                .formatted(n(width), n(height), Xml.text(description), FONTS, body);
    }

    /** A file of its own, with its size. */
    String document(double width, double height, String description) {
        return element(width, height, description)
                .replaceFirst("<svg ", "<svg width=\"%s\" height=\"%s\" ".formatted(n(width), n(height)));
    }
}
