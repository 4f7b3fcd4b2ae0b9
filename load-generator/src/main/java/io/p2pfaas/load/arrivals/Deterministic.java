package io.p2pfaas.load.arrivals;

import java.util.PrimitiveIterator;
import java.util.random.RandomGenerator;

/** Equal gaps, the first arrival at once: a metronome. Uses no chance. */
public record Deterministic(double ratePerSecond) implements ArrivalProcess {
    public Deterministic {
        Rate.check(ratePerSecond);
    }

    @Override
    public PrimitiveIterator.OfLong instantsNanos(RandomGenerator random) {
        return new Instants() {
            private long arrivals;

            @Override
            public long nextLong() {
                // Multiplied out each time, so that rounding does not add up over a long run.
                return (long) (arrivals++ * Rate.NANOS_PER_SECOND / ratePerSecond);
            }
        };
    }
}
