package io.p2pfaas.load.arrivals;

import java.util.Arrays;

/** A load between 0 and 1 over time, recorded at equal distances; in between it changes linearly. Immutable. */
public final class LoadTrace {
    private final double[] loads;

    /** @param loads in their order, at least one, each in 0..1 */
    public LoadTrace(double... loads) {
        if (loads.length == 0) {
            throw new IllegalArgumentException("a trace needs at least one point");
        }
        for (double load : loads) {
            if (!(load >= 0 && load <= 1)) {
                throw new IllegalArgumentException("a load must be between 0 and 1: " + load);
            }
        }
        this.loads = loads.clone();
    }

    /** Number of points. */
    public int size() {
        return loads.length;
    }

    /**
     * The load at a place of the trace. From the last point it goes on to the first one, since a trace repeats.
     *
     * @param place how far into the trace, 0 its start, below 1
     */
    public double at(double place) {
        double position = place * loads.length;
        int index = (int) position;
        double from = loads[index % loads.length];
        double to = loads[(index + 1) % loads.length];
        return from + (to - from) * (position - index);
    }

    /** Mean load over the whole trace: of the straight lines between points too, since it goes round. */
    public double mean() {
        return Arrays.stream(loads).average().orElseThrow();
    }

    /** The highest load. */
    public double peak() {
        return Arrays.stream(loads).max().orElseThrow();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof LoadTrace that && Arrays.equals(loads, that.loads);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(loads);
    }

    @Override
    public String toString() {
        return "LoadTrace of " + loads.length + " points";
    }
}
