package io.p2pfaas.load.arrivals;

import java.util.PrimitiveIterator;
import java.util.random.RandomGenerator;

/**
 * The arrivals of the original benchmark-go, fault included: it draws exponential gaps and draws again when a gap is
 * below 10 ms. An exponential has no memory, so a gap that is known to be at least 10 ms is 10 ms and an exponential
 * gap of the same mean. That is drawn here: drawing again and again would never end at high rates.
 *
 * @param nominalPerSecond what the original is asked for
 */
public record Legacy10ms(double nominalPerSecond) implements ArrivalProcess {
    private static final double SHORTEST_GAP_SECONDS = 0.01;

    public Legacy10ms {
        Rate.check(nominalPerSecond);
    }

    /** What the original sends: 1 / (1 / nominal + 10 ms). */
    @Override
    public double ratePerSecond() {
        return 1 / (1 / nominalPerSecond + SHORTEST_GAP_SECONDS);
    }

    @Override
    public PrimitiveIterator.OfLong instantsNanos(RandomGenerator random) {
        return new Instants() {
            private double nowNanos;

            @Override
            public long nextLong() {
                nowNanos += SHORTEST_GAP_SECONDS * Rate.NANOS_PER_SECOND
                        + ExponentialGap.draw(random, Rate.NANOS_PER_SECOND / nominalPerSecond);
                return (long) nowNanos;
            }
        };
    }
}
