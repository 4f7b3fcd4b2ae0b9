package io.p2pfaas.load.arrivals;

import java.time.Duration;
import java.util.PrimitiveIterator;
import java.util.random.RandomGenerator;

/**
 * A Poisson process whose rate follows a trace: rate(t) = {@code scalePerSecond * (min + (max - min) * load(t))}. Drawn
 * by thinning (Lewis and Shedler, "Simulation of nonhomogeneous Poisson processes by thinning", 1979): arrivals at the
 * highest rate, each kept with the probability that the rate at its instant is of the highest.
 *
 * @param scalePerSecond rate of the factor 1
 * @param min factor where the load is 0
 * @param max factor where the load is 1
 * @param period how long the trace lasts; then it begins again
 * @param shift how far into the trace the run starts
 */
public record Replay(double scalePerSecond, LoadTrace trace, double min, double max, Duration period, Duration shift)
        implements ArrivalProcess {
    public Replay {
        Rate.check(scalePerSecond);
        if (!(min >= 0 && max >= min && Double.isFinite(max))) {
            throw new IllegalArgumentException("0 <= min <= max is needed: min " + min + ", max " + max);
        }
        if (period.isNegative() || period.isZero()) {
            throw new IllegalArgumentException("the period must be longer than 0: " + period);
        }
        if (shift.isNegative()) {
            throw new IllegalArgumentException("the shift must not be negative: " + shift);
        }
    }

    /** Mean over a whole period; 0 for a trace without any load. */
    @Override
    public double ratePerSecond() {
        return rate(trace.mean());
    }

    /** The rate at an instant, in nanoseconds from the start. */
    public double ratePerSecondAt(double nanos) {
        double periods = (nanos + shift.toNanos()) / period.toNanos();
        return rate(trace.at(periods - Math.floor(periods)));
    }

    private double rate(double load) {
        return scalePerSecond * (min + (max - min) * load);
    }

    @Override
    public PrimitiveIterator.OfLong instantsNanos(RandomGenerator random) {
        return new Instants() {
            private final double peakPerSecond = rate(trace.peak());
            private double nowNanos;

            @Override
            public long nextLong() {
                if (peakPerSecond == 0) {
                    // A node that nobody calls, in a function's trace for example: its first call comes never.
                    return Long.MAX_VALUE;
                }
                do {
                    nowNanos += ExponentialGap.draw(random, Rate.NANOS_PER_SECOND / peakPerSecond);
                } while (random.nextDouble() * peakPerSecond >= ratePerSecondAt(nowNanos));
                return (long) nowNanos;
            }
        };
    }
}
