package io.p2pfaas.load.arrivals;

/**
 * The shape of arrivals at one node, without its rate. {@link #at} makes the process.
 */
public sealed interface ArrivalLaw {
    /** Arrivals of this shape with this mean rate. */
    ArrivalProcess at(double ratePerSecond);

    /** Independent exponential gaps. */
    record PoissonLaw() implements ArrivalLaw {
        @Override
        public ArrivalProcess at(double ratePerSecond) {
            return new Poisson(ratePerSecond);
        }
    }

    /** Equal gaps. */
    record DeterministicLaw() implements ArrivalLaw {
        @Override
        public ArrivalProcess at(double ratePerSecond) {
            return new Deterministic(ratePerSecond);
        }
    }
}
