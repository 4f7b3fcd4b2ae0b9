package io.p2pfaas.load.arrivals;

import java.util.PrimitiveIterator;
import java.util.random.RandomGenerator;

/** Independent gaps, evenly distributed between 0 and twice their mean: less bursty than Poisson, no metronome. */
public record UniformGaps(double ratePerSecond) implements ArrivalProcess {
    public UniformGaps {
        Rate.check(ratePerSecond);
    }

    @Override
    public PrimitiveIterator.OfLong instantsNanos(RandomGenerator random) {
        return new Instants() {
            private final double longestGapNanos = 2 * Rate.NANOS_PER_SECOND / ratePerSecond;
            private double nowNanos;

            @Override
            public long nextLong() {
                nowNanos += random.nextDouble() * longestGapNanos;
                return (long) nowNanos;
            }
        };
    }
}
