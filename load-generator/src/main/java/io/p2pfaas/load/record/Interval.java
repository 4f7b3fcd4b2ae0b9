package io.p2pfaas.load.record;

import java.util.Arrays;
import org.apache.commons.statistics.distribution.TDistribution;

/**
 * A mean and how far it may be off: the 95 % interval of Student's t over independent repetitions. Losses come in
 * clumps, so the spread between repetitions is two to three times what a binomial formula would say of the calls.
 *
 * @param halfWidth NaN if there were fewer than two repetitions: unknown, not zero
 * @param repetitions how many values
 */
public record Interval(double mean, double halfWidth, int repetitions) {
    private static final double UPPER_TAIL = 0.975;

    /**
     * The interval of the mean of independent values.
     *
     * @throws IllegalArgumentException if there are none
     */
    public static Interval of(double... values) {
        if (values.length == 0) {
            throw new IllegalArgumentException("an interval needs at least one value");
        }
        double mean = Arrays.stream(values).sum() / values.length;
        if (values.length == 1) {
            return new Interval(mean, Double.NaN, 1);
        }
        double squares = 0;
        for (double value : values) {
            squares += (value - mean) * (value - mean);
        }
        double error = StrictMath.sqrt(squares / (values.length - 1) / values.length);
        double t = TDistribution.of(values.length - 1.0).inverseCumulativeProbability(UPPER_TAIL);
        return new Interval(mean, t * error, values.length);
    }

    /** The lower end. */
    public double low() {
        return mean - halfWidth;
    }

    /** The upper end. */
    public double high() {
        return mean + halfWidth;
    }

    /** Whether the two have values in common; false if one of them is unknown. */
    public boolean overlaps(Interval other) {
        return low() <= other.high() && other.low() <= high();
    }
}
