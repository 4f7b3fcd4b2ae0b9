package io.p2pfaas.load.campaign;

import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/**
 * Where the chance of a repetition comes from. Arrivals and service times depend on the experiment's seed, the
 * repetition and the node only, so that schedulers are compared under the very same load (common random numbers).
 */
public final class Seeds {
    /** What a stream of random numbers is for. */
    public enum Use {
        ARRIVALS(1),
        SERVICE(2),
        PAYLOADS(3),
        DECISIONS(4),
        NETWORK(5);

        private final long salt;

        Use(long salt) {
            this.salt = salt;
        }
    }

    private static final long GOLDEN = 0x9e3779b97f4a7c15L;

    private Seeds() {}

    /** The seed of one repetition. */
    public static long repetition(long experimentSeed, int repetition) {
        return mix(experimentSeed + GOLDEN * (repetition + 1L));
    }

    /**
     * The seed of one stream of a repetition.
     *
     * @param node from 0; -1 for what belongs to no node
     */
    public static long stream(long repetitionSeed, Use use, int node) {
        return mix(mix(repetitionSeed ^ GOLDEN * use.salt) + GOLDEN * (node + 2L));
    }

    /** A generator of an algorithm that is the same on every JDK. */
    public static RandomGenerator generator(long seed) {
        return RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
    }

    /** The finalizer of SplitMix64 (Steele, Lea, Flood, "Fast splittable pseudorandom number generators", 2014). */
    private static long mix(long seed) {
        long z = (seed ^ (seed >>> 30)) * 0xbf58476d1ce4e5b9L;
        z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
        return z ^ (z >>> 31);
    }
}
