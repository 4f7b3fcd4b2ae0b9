package io.p2pfaas.load.report.chart;

import java.util.List;

/** What charts are drawn on. Units are pixels of a screen at its normal resolution; y grows downwards. */
interface Canvas {
    /** Where a text is relative to its position. */
    enum Anchor {
        START,
        MIDDLE,
        END
    }

    /** A position. */
    record At(double x, double y) {}

    /**
     * How a line is drawn.
     *
     * @param dash lengths of dashes and gaps; empty: solid
     */
    record Pen(Ink ink, double width, List<Integer> dash) {
        public Pen {
            dash = List.copyOf(dash);
        }

        static Pen solid(Ink ink, double width) {
            return new Pen(ink, width, List.of());
        }
    }

    /** How a text is drawn. */
    record Lettering(Ink ink, double size, boolean bold, Anchor anchor) {}

    /** A filled rectangle; a pointer that rests on it sees {@code title}, unless it is empty. */
    void rect(At corner, double width, double height, Ink fill, String title);

    /** Connected straight lines. */
    void path(List<At> points, Pen pen);

    /** A text whose baseline begins, is centred or ends at a position. */
    void text(At at, String text, Lettering type);

    /** The same, read from bottom to top. */
    void textUpwards(At at, String text, Lettering type);

    /** A sign for one value; a pointer that rests on it sees {@code title}. */
    void marker(Marker marker, At at, Ink ink, boolean hollow, String title);
}
