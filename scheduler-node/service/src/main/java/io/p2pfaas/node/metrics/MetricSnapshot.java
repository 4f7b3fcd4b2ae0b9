package io.p2pfaas.node.metrics;

import io.p2pfaas.core.model.Load;
import io.p2pfaas.core.node.Counters;

/** The brain's numbers at one moment. */
record MetricSnapshot(Counters counters, Load load, int peers, boolean linkUp, long linkRoundTripNanos) {
    long inFlight(boolean peersCalls) {
        return counters.inFlightFrom(peersCalls);
    }
}
