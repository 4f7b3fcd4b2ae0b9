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
        return new PrimitiveIterator.OfLong() {
            private final double meanGapNanos = Rate.NANOS_PER_SECOND / ratePerSecond;
            private double nowNanos;

            @Override
            public boolean hasNext() {
                return true;
            }

            @Override
            public long nextLong() {
                // Inversion with StrictMath, not random.nextExponential(): the algorithm of the latter is not
                // specified, and one seed must give one schedule on every JDK.
                nowNanos -= StrictMath.log1p(-random.nextDouble()) * meanGapNanos;
                return (long) nowNanos;
            }
        };
    }
}
