package io.p2pfaas.load.live.ledger;

/** How a call ended for its caller. */
public enum Close {
    /** Answered with a status 200 to 299. */
    DONE,
    /** A node answered that nobody takes the call. */
    REJECTED,
    /** Answered with any other status: the function failed, the time was up, or the node that had it died. */
    FAILED,
    /** It never reached a node, and the caller knows: connection refused, no such node at the broker, device offline. */
    NOT_LET_IN,
    /** The connection broke before the answer: the caller knows that it does not know. */
    BROKEN,
    /** No answer until the caller gave up. */
    SILENT,
    /** Not judged: the lab had too many calls in flight, or was stopped. */
    NOT_SENT;

    /** Whether a node told the caller. */
    boolean isAnswer() {
        return this == DONE || this == REJECTED || this == FAILED;
    }
}
