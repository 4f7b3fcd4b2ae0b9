package io.p2pfaas.load.sim;

import org.HdrHistogram.Histogram;

/** How old the samples are that policies decide by, in nanoseconds. */
final class SampleAges {
    private static final int SIGNIFICANT_DIGITS = 3;

    private final Histogram ages = new Histogram(SIGNIFICANT_DIGITS);

    void used(long ageNanos) {
        ages.recordValue(Math.max(0, ageNanos));
    }

    /** Starts to count from zero. */
    void reset() {
        ages.reset();
    }

    Histogram histogram() {
        return ages;
    }
}
