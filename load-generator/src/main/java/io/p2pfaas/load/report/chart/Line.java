package io.p2pfaas.load.report.chart;

import java.util.List;

/**
 * One series of a chart.
 *
 * @param name as in the legend
 * @param dots in the order they are connected
 */
public record Line(String name, Look look, List<Dot> dots) {
    public Line {
        dots = List.copyOf(dots);
    }

    /** How a series is told from others. */
    public enum Style {
        /** Solid with filled markers. */
        SOLID,
        /** Dashed with hollow markers. */
        HOLLOW,
        /** Solid, no markers. */
        BARE,
        /** Dashed, no markers. */
        BARE_DASHED,
        /** Thin, dotted and grey: not measured. */
        THEORY
    }

    /** Equal numbers have the same colour and the same marker, whatever the style. */
    public record Look(int number, Style style) {
        boolean isDashed() {
            return style == Style.HOLLOW || style == Style.BARE_DASHED;
        }

        boolean hasMarkers() {
            return style == Style.SOLID || style == Style.HOLLOW;
        }

        Ink ink() {
            return style == Style.THEORY ? Ink.TEXT : Ink.series(number);
        }

        Canvas.Pen pen() {
            if (style == Style.THEORY) {
                List<List<Integer>> dashes = List.of(List.of(2, 3), List.of(8, 3, 2, 3), List.of(12, 4));
                return new Canvas.Pen(Ink.TEXT, 1.2, dashes.get(Math.floorMod(number, dashes.size())));
            }
            return new Canvas.Pen(ink(), isDashed() ? 1.4 : 2, isDashed() ? List.of(5, 4) : List.of());
        }
    }

    /**
     * A value.
     *
     * @param low lower end of its interval; NaN if it has none
     * @param high upper end
     */
    public record Dot(double x, double y, double low, double high) {
        public Dot(double x, double y) {
            this(x, y, Double.NaN, Double.NaN);
        }
    }

    /** What a pointer on a dot sees. */
    String title(Dot dot) {
        String interval =
                Double.isNaN(dot.low()) ? "" : " (%s to %s)".formatted(Scale.label(dot.low()), Scale.label(dot.high()));
        return "%s: %s at %s%s".formatted(name, Scale.label(dot.y()), Scale.label(dot.x()), interval);
    }
}
