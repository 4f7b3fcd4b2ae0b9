package io.p2pfaas.load.report.chart;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.AffineTransform;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.util.List;

/** Draws pixels, in the light colours, twice as fine as a normal screen. Needs a font on the machine, but no screen. */
final class ImageCanvas implements Canvas {
    private static final int SCALE = 2;

    private final BufferedImage image;
    private final Graphics2D pixels;

    ImageCanvas(double width, double height) {
        image = new BufferedImage(
                (int) Math.ceil(width * SCALE), (int) Math.ceil(height * SCALE), BufferedImage.TYPE_INT_RGB);
        pixels = image.createGraphics();
        pixels.scale(SCALE, SCALE);
        pixels.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        pixels.setRenderingHint(RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
        pixels.setRenderingHint(RenderingHints.KEY_FRACTIONALMETRICS, RenderingHints.VALUE_FRACTIONALMETRICS_ON);
        pixels.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
    }

    /** What was drawn; nothing can be drawn after it. */
    BufferedImage image() {
        pixels.dispose();
        return image;
    }

    @Override
    public void rect(At corner, double width, double height, Ink fill, String title) {
        pixels.setColor(new Color(fill.light()));
        pixels.fill(new Rectangle2D.Double(corner.x(), corner.y(), width, height));
    }

    @Override
    public void path(List<At> points, Pen pen) {
        if (points.isEmpty()) {
            return;
        }
        float[] dash = new float[pen.dash().size()];
        for (int i = 0; i < dash.length; i++) {
            dash[i] = pen.dash().get(i);
        }
        pixels.setColor(new Color(pen.ink().light()));
        pixels.setStroke(new BasicStroke(
                (float) pen.width(),
                BasicStroke.CAP_BUTT,
                BasicStroke.JOIN_ROUND,
                10,
                dash.length == 0 ? null : dash,
                0));
        pixels.draw(shape(points));
    }

    @Override
    public void text(At at, String text, Lettering type) {
        pixels.setColor(new Color(type.ink().light()));
        pixels.setFont(
                new Font(Font.SANS_SERIF, type.bold() ? Font.BOLD : Font.PLAIN, 1).deriveFont((float) type.size()));
        double width = pixels.getFontMetrics().getStringBounds(text, pixels).getWidth();
        double shift = switch (type.anchor()) {
            case START -> 0;
            case MIDDLE -> width / 2;
            case END -> width;
        };
        pixels.drawString(text, (float) (at.x() - shift), (float) at.y());
    }

    @Override
    public void textUpwards(At at, String text, Lettering type) {
        AffineTransform upright = pixels.getTransform();
        pixels.rotate(-Math.PI / 2, at.x(), at.y());
        text(at, text, type);
        pixels.setTransform(upright);
    }

    @Override
    public void marker(Marker marker, At at, Ink ink, boolean hollow, String title) {
        Path2D shape = shape(marker.outline(at, hollow));
        shape.closePath();
        pixels.setColor(new Color(ink.light()));
        if (!hollow) {
            pixels.fill(shape);
        }
        pixels.setStroke(new BasicStroke(1.6f, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
        pixels.draw(shape);
    }

    private static Path2D shape(List<At> points) {
        Path2D shape = new Path2D.Double();
        shape.moveTo(points.get(0).x(), points.get(0).y());
        points.stream().skip(1).forEach(point -> shape.lineTo(point.x(), point.y()));
        return shape;
    }
}
