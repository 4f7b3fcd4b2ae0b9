package io.p2pfaas.load.arrivals;

import java.util.random.RandomGenerator;

/** Draws from the exponential distribution. */
final class ExponentialGap {
    private ExponentialGap() {}

    /**
     * By inversion with StrictMath, not {@code random.nextExponential()}: the algorithm of the latter is not specified,
     * and one seed must give one schedule on every JDK.
     */
    static double draw(RandomGenerator random, double mean) {
        return -StrictMath.log1p(-random.nextDouble()) * mean;
    }
}
