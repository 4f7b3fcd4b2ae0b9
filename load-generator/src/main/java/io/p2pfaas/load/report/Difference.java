package io.p2pfaas.load.report;

import io.p2pfaas.load.record.Interval;

/**
 * The difference of two means with its 95 % interval.
 *
 * @param mean second less first
 * @param halfWidth NaN if there are too few samples to tell
 */
public record Difference(double mean, double halfWidth) {
    /** Of independent samples with unequal variances (Welch 1947, degrees of freedom after Satterthwaite). */
    static Difference welch(double[] first, double[] second) {
        double mean = Interval.of(second).mean() - Interval.of(first).mean();
        if (first.length < 2 || second.length < 2) {
            return new Difference(mean, Double.NaN);
        }
        double a = squaredError(first);
        double b = squaredError(second);
        if (a + b == 0) {
            return new Difference(mean, 0);
        }
        double freedom = (a + b) * (a + b) / (a * a / (first.length - 1) + b * b / (second.length - 1));
        return new Difference(mean, Interval.quantile(freedom) * Math.sqrt(a + b));
    }

    /** Of samples that belong together one by one: the interval of their differences. */
    static Difference paired(double[] first, double[] second) {
        if (first.length != second.length) {
            throw new IllegalArgumentException(first.length + " and " + second.length + " samples are no pairs");
        }
        double[] differences = new double[first.length];
        for (int i = 0; i < first.length; i++) {
            differences[i] = second[i] - first[i];
        }
        Interval interval = Interval.of(differences);
        return new Difference(interval.mean(), interval.halfWidth());
    }

    private static double squaredError(double[] samples) {
        double mean = Interval.of(samples).mean();
        double squares = 0;
        for (double sample : samples) {
            squares += (sample - mean) * (sample - mean);
        }
        return squares / (samples.length - 1) / samples.length;
    }

    /** Whether the interval tells anything. */
    boolean isKnown() {
        return !Double.isNaN(halfWidth);
    }

    /** Whether no difference is within the interval. */
    boolean coversZero() {
        return Math.abs(mean) <= halfWidth;
    }
}
