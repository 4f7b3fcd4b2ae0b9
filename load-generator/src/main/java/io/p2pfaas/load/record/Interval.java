package io.p2pfaas.load.record;

import java.util.Arrays;
import org.apache.commons.statistics.distribution.TDistribution;

/**
 * A mean of independent repetitions with its 95 % confidence interval by Student's t distribution.
 *
 * @param mean NaN without samples
 * @param halfWidth the interval is {@code mean +- halfWidth}; NaN with fewer than two samples, which tell nothing of spread
 * @param n number of samples
 */
public record Interval(double mean, double halfWidth, int n) {
    /** Share of intervals that cover the true mean. */
    public static final double CONFIDENCE = 0.95;

    /** Of these samples, in their own unit. */
    public static Interval of(double... samples) {
        int n = samples.length;
        double mean = Arrays.stream(samples).average().orElse(Double.NaN);
        if (n < 2) {
            return new Interval(mean, Double.NaN, n);
        }
        double squares = 0;
        for (double sample : samples) {
            squares += (sample - mean) * (sample - mean);
        }
        double standardError = Math.sqrt(squares / (n - 1) / n);
        return new Interval(mean, quantile(n - 1) * standardError, n);
    }

    /** How many standard errors the half width is, at so many degrees of freedom, which need not be a whole number. */
    public static double quantile(double degreesOfFreedom) {
        return TDistribution.of(degreesOfFreedom).inverseSurvivalProbability((1 - CONFIDENCE) / 2);
    }

    /** The lower end; NaN if there is none. */
    public double low() {
        return mean - halfWidth;
    }

    /** The upper end; NaN if there is none. */
    public double high() {
        return mean + halfWidth;
    }
}
