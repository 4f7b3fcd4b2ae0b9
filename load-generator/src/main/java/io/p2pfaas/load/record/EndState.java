package io.p2pfaas.load.record;

/** The states in which a due call ends. Every due call ends in exactly one. */
public enum EndState {
    /** Answered with a status 200 to 299. */
    OK("2xx"),
    /** A node answered that nobody takes the call: lost to overload or by decision of the scheduler. */
    REJECTED("rejected"),
    /** Answered with anything else. */
    OTHER_STATUS("other status"),
    /** Sent, and not answered in full within the timeout. */
    TIMEOUT("timeout"),
    /** No connection, or it broke before the whole answer was there. */
    CONNECTION_ERROR("connection error"),
    /** Due while the limit of calls in flight was reached; the target never saw it. */
    NOT_SENT("not sent (max in flight)"),
    /** Due, but the run was ended early before it was sent or answered. */
    CUT_OFF("cut off (ended early)");

    private final String label;

    EndState(String label) {
        this.label = label;
    }

    /** How people read it. */
    public String label() {
        return label;
    }
}
