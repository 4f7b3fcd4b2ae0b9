package io.p2pfaas.core.policy;

import io.p2pfaas.core.model.Arrival;

/** The shared subscriptions through which the broker matches overflowing calls with nodes that have room. */
public enum SpillGroup {
    /** Nodes with a free slot. */
    SLOT(Arrival.SPILL),
    /** Nodes with room in their queue. */
    QUEUE(Arrival.SPILL_QUEUE);

    private final Arrival arrival;

    SpillGroup(Arrival arrival) {
        this.arrival = arrival;
    }

    /** How a call that the group dealt reaches the taker. */
    public Arrival arrival() {
        return arrival;
    }
}
