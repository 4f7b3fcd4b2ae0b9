package io.p2pfaas.load.arrivals;

import java.util.PrimitiveIterator;
import java.util.random.RandomGenerator;

/** Independent exponential gaps: many callers who know nothing of each other. */
public record Poisson(double ratePerSecond) implements ArrivalProcess {
    public Poisson {
        Rate.check(ratePerSecond);
    }

    @Override
    public PrimitiveIterator.OfLong instantsNanos(RandomGenerator random) {
        return new Instants() {
            private final double meanGapNanos = Rate.NANOS_PER_SECOND / ratePerSecond;
            private double nowNanos;

            @Override
            public long nextLong() {
                nowNanos += ExponentialGap.draw(random, meanGapNanos);
                return (long) nowNanos;
            }
        };
    }
}
