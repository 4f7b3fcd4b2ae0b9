package io.p2pfaas.load.arrivals;

import java.time.Duration;
import java.util.PrimitiveIterator;
import java.util.random.RandomGenerator;

/**
 * A Poisson process whose rate switches between two values, after phases of exponentially distributed length: the
 * Markov-modulated Poisson process of two states (Fischer and Meier-Hellstern, "The Markov-modulated Poisson process
 * cookbook", 1993). The first phase is drawn by the share of time that each kind takes, so that there is no start-up
 * effect.
 *
 * @param ratePerSecond mean over both kinds of phases
 * @param on mean length of a busy phase
 * @param off mean length of a quiet one
 * @param quiet rate in a quiet phase, as a share of the rate in a busy one
 */
public record Bursty(double ratePerSecond, Duration on, Duration off, double quiet) implements ArrivalProcess {
    public Bursty {
        Rate.check(ratePerSecond);
        if (on.isNegative() || on.isZero() || off.isNegative() || off.isZero()) {
            throw new IllegalArgumentException("phases must be longer than 0: on " + on + ", off " + off);
        }
        if (!(quiet >= 0 && quiet <= 1)) {
            throw new IllegalArgumentException("quiet must be between 0 and 1: " + quiet);
        }
    }

    /** Rate in a busy phase. */
    public double busyRatePerSecond() {
        double onShare = onShare();
        return ratePerSecond / (onShare + quiet * (1 - onShare));
    }

    private double onShare() {
        return (double) on.toNanos() / (on.toNanos() + off.toNanos());
    }

    @Override
    public PrimitiveIterator.OfLong instantsNanos(RandomGenerator random) {
        return new Phases(random);
    }

    private final class Phases extends Instants {
        private final RandomGenerator random;
        private boolean busy;
        private double phaseEndNanos;
        private double nowNanos;

        Phases(RandomGenerator random) {
            this.random = random;
            busy = random.nextDouble() < onShare();
            phaseEndNanos = phaseNanos();
        }

        private double phaseNanos() {
            return ExponentialGap.draw(random, (double) (busy ? on : off).toNanos());
        }

        @Override
        public long nextLong() {
            while (true) {
                double rate = busy ? busyRatePerSecond() : quiet * busyRatePerSecond();
                double due = rate == 0
                        ? Double.POSITIVE_INFINITY
                        : nowNanos + ExponentialGap.draw(random, Rate.NANOS_PER_SECOND / rate);
                if (due < phaseEndNanos) {
                    nowNanos = due;
                    return (long) nowNanos;
                }
                // The gap reached into the next phase: it is drawn anew from there, which is right because an
                // exponential gap has no memory.
                nowNanos = phaseEndNanos;
                busy = !busy;
                phaseEndNanos += phaseNanos();
            }
        }
    }
}
