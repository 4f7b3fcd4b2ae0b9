package io.p2pfaas.core.model;

/** How a call reached this node. */
public enum Arrival {
    /** From a caller: HTTP, or an MQTT client that is not a node. */
    CLIENT,
    /** From a peer that chose this node. */
    DIRECT,
    /** Dealt by the broker to a node that had said that a slot is free. */
    SPILL,
    /** Dealt by the broker to a node that had said that its queue has room. */
    SPILL_QUEUE
}
