package io.p2pfaas.load.live.ledger;

/**
 * Something that must not be.
 *
 * @param call id of the call, or of the node
 * @param atNanos when the call was sent, or the node looked at
 * @param text for people
 */
public record Finding(Kind kind, String call, long atNanos, String text) {
    /** What is wrong. */
    public enum Kind {
        /** The caller was never told, and nothing that had the call was broken. */
        NO_END,
        /** The caller was told twice. */
        TWO_ENDS,
        /** The caller could not get in, and nothing was broken. */
        NOT_LET_IN,
        /** The answer was another call's. */
        WRONG_ANSWER,
        /** Executed more than once without need. */
        DOUBLE_EXECUTION,
        /** Begun after its budget. */
        LATE_EXECUTION,
        /** The caller was told that it was done, and no function saw it. */
        NOT_EXECUTED,
        /** The caller was told that nobody takes it, and a function did it. */
        REJECTED_BUT_EXECUTED,
        /** A function was given a call that nobody sent. */
        UNKNOWN_CALL,
        /** A node's counters do not add up. */
        UNBALANCED
    }
}
