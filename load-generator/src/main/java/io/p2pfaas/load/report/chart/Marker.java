package io.p2pfaas.load.report.chart;

import java.util.ArrayList;
import java.util.List;

/** Signs for values, so that series differ without colour too. All are closed polygons. */
enum Marker {
    CIRCLE(16, 4.2, 0),
    SQUARE(4, 5.2, 0.25),
    TRIANGLE(3, 5.4, 0),
    DIAMOND(4, 5.4, 0),
    TRIANGLE_DOWN(3, 5.4, 0.5),
    PENTAGON(5, 5, 0),
    STAR(5, 6, 0),
    CROSS(4, 5.6, 0.25);

    private static final double HOLLOW = 1.35;

    private final int corners;
    private final double radius;
    private final double turn;

    /**
     * @param radius to the corners
     * @param turn from a corner straight up, as a share of the angle between corners
     */
    Marker(int corners, double radius, double turn) {
        this.corners = corners;
        this.radius = radius;
        // A quarter turn of a square is an eighth of a circle; half of a triangle's is a sixth.
        this.turn = corners == 4 && turn > 0 ? 0.5 : turn;
    }

    /** Of a series by its number. Shifted at each round of colours, so that no pair repeats for 64 series. */
    static Marker series(int number) {
        int round = number / Ink.seriesCount();
        return values()[Math.floorMod(number + round, values().length)];
    }

    /** The corners, around a position; hollow ones are larger, to be seen around a filled one at the same place. */
    List<Canvas.At> outline(Canvas.At centre, boolean hollow) {
        double size = hollow ? radius * HOLLOW : radius;
        boolean spiked = this == STAR || this == CROSS;
        int steps = spiked ? corners * 2 : corners;
        List<Canvas.At> outline = new ArrayList<>();
        for (int i = 0; i < steps; i++) {
            double angle = 2 * Math.PI * (i + turn * (spiked ? 2 : 1)) / steps - Math.PI / 2;
            double r = spiked && i % 2 == 1 ? size * 0.42 : size;
            outline.add(new Canvas.At(centre.x() + r * Math.cos(angle), centre.y() + r * Math.sin(angle)));
        }
        return outline;
    }
}
