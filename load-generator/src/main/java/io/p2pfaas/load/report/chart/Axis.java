package io.p2pfaas.load.report.chart;

import java.util.List;

/**
 * What a direction of a chart means.
 *
 * @param title quantity and unit
 * @param marks values to put ticks at if there is room, such as the points of a grid; empty: round numbers
 */
public record Axis(String title, Kind kind, List<Double> marks) {
    /** How values are spread. */
    public enum Kind {
        /** From zero to the largest value. */
        FROM_ZERO,
        /** From the smallest value to one, which nothing can exceed. */
        UP_TO_ONE,
        /** From the smallest to the largest value. */
        FITTED,
        /** Equal factors are equal lengths; what is not above zero cannot be shown. */
        LOGARITHMIC
    }

    public Axis {
        marks = List.copyOf(marks);
    }

    public Axis(String title, Kind kind) {
        this(title, kind, List.of());
    }
}
