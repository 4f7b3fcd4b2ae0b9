package io.p2pfaas.load.arrivals;

import java.time.Duration;
import java.util.List;

/**
 * The shape of arrivals at one node, without its rate. {@link #at} makes the process.
 */
public sealed interface ArrivalLaw {
    /** Arrivals of this shape with this mean rate. Where nodes differ, those of the first node. */
    ArrivalProcess at(double ratePerSecond);

    /**
     * Arrivals at one of the nodes, which differ if they replay different traces.
     *
     * @param node from 0
     */
    default ArrivalProcess at(double ratePerSecond, int node) {
        return at(ratePerSecond);
    }

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

    /** Gaps spread evenly between nothing and twice their mean. */
    record UniformLaw() implements ArrivalLaw {
        @Override
        public ArrivalProcess at(double ratePerSecond) {
            return new UniformGaps(ratePerSecond);
        }
    }

    /**
     * Busy and quiet phases in turn.
     *
     * @param on mean length of a busy phase
     * @param off mean length of a quiet one
     * @param quiet rate in a quiet phase, as a share of the rate in a busy one; 0 is silence
     */
    record BurstyLaw(Duration on, Duration off, double quiet) implements ArrivalLaw {
        @Override
        public ArrivalProcess at(double ratePerSecond) {
            return new Bursty(ratePerSecond, on, off, quiet);
        }
    }

    /**
     * A load that was recorded. The rate of the grid is that of the factor 1: with a rate of 1 per second, {@code min}
     * and {@code max} are calls per second, as in the tools of P2PFaaS.
     *
     * @param traces one for each node, dealt again from the first if there are more nodes
     * @param min factor on the rate where the load is 0
     * @param max factor on the rate where the load is 1
     * @param period how long a trace lasts; then it begins again
     * @param shift how far into their traces all nodes start
     */
    record ReplayLaw(List<LoadTrace> traces, double min, double max, Duration period, Duration shift)
            implements ArrivalLaw {
        public ReplayLaw {
            traces = List.copyOf(traces);
            if (traces.isEmpty()) {
                throw new IllegalArgumentException("at least one trace is needed");
            }
        }

        @Override
        public ArrivalProcess at(double ratePerSecond) {
            return at(ratePerSecond, 0);
        }

        @Override
        public ArrivalProcess at(double ratePerSecond, int node) {
            return new Replay(ratePerSecond, traces.get(node % traces.size()), min, max, period, shift);
        }
    }

    /** What the tools of P2PFaaS send when they are asked for Poisson arrivals; for comparisons with their results. */
    record Legacy10msLaw() implements ArrivalLaw {
        @Override
        public ArrivalProcess at(double ratePerSecond) {
            return new Legacy10ms(ratePerSecond);
        }
    }
}
