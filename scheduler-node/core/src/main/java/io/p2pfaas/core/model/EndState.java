package io.p2pfaas.core.model;

/** The states in which a call ends. Every call ends in exactly one, and its caller is told which. */
public enum EndState {
    /** The function answered, with whatever status. */
    DONE,
    /** It was placed, but no answer of the function could be had. */
    FAILED,
    /** Nobody took it. */
    REJECTED,
    /** Its time was up. */
    EXPIRED,
    /** The caller went away. */
    CANCELLED
}
