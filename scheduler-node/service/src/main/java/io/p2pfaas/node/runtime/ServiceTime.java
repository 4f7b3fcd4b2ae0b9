package io.p2pfaas.node.runtime;

import java.util.SplittableRandom;

/**
 * How long calls take: all the same ({@code det}), or exponentially distributed ({@code exp}). With a seed the sequence
 * is always the same, in the order in which calls start; without one, nodes differ from each other. Thread-safe.
 */
final class ServiceTime {
    private final long meanNanos;
    private final boolean exponential;
    private final SplittableRandom random;

    private ServiceTime(long meanNanos, boolean exponential, SplittableRandom random) {
        this.meanNanos = meanNanos;
        this.exponential = exponential;
        this.random = random;
    }

    /** From the parameters mean, dist and seed. */
    static ServiceTime of(BuiltinSpec spec, String usualMean) {
        spec.allowing("mean", "dist", "seed");
        long meanNanos = spec.duration("mean", usualMean).toNanos();
        boolean exponential = spec.oneOf("dist", "det", "det", "exp").equals("exp");
        SplittableRandom random = spec.has("seed")
                ? new SplittableRandom(spec.wholeNumber("seed", 0, 0, Long.MAX_VALUE))
                : new SplittableRandom();
        return new ServiceTime(meanNanos, exponential, random);
    }

    long nextNanos() {
        if (!exponential) {
            return meanNanos;
        }
        double uniform;
        synchronized (random) {
            uniform = random.nextDouble();
        }
        // log1p(-u) rather than log(u): u may be 0 but is never 1. StrictMath gives the same digits everywhere.
        return (long) (-meanNanos * StrictMath.log1p(-uniform));
    }
}
