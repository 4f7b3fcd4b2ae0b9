package io.p2pfaas.core.model;

/** What the caller asked of the scheduler for this one call (the P2PFaaS request headers). */
public enum Routing {
    /** Let the node's policy decide. */
    POLICY,
    /** Run here or reject: {@code NoScheduler(true)}. */
    BYPASS,
    /** Hand it to a random peer: {@code ForwardScheduler(1)}. */
    FORWARD,
    /** Reject: {@code RejectScheduler}. */
    REJECT
}
