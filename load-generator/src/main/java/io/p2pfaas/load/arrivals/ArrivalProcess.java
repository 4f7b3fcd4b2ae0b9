package io.p2pfaas.load.arrivals;

import java.util.PrimitiveIterator;
import java.util.random.RandomGenerator;

/** A law by which calls become due. Immutable; all chance comes from the generator passed in. */
public sealed interface ArrivalProcess permits Poisson, Deterministic, UniformGaps, Bursty, Replay, Legacy10ms {
    /** Mean number of arrivals in a second. */
    double ratePerSecond();

    /**
     * The instants of one realisation, endless and never decreasing.
     *
     * @param random owned by the iterator from now on
     * @return offsets from the start, in nanoseconds
     */
    PrimitiveIterator.OfLong instantsNanos(RandomGenerator random);
}
