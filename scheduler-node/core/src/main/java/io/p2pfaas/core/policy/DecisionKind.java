package io.p2pfaas.core.policy;

import java.util.Locale;

/** Kinds of decisions, to count them. */
public enum DecisionKind {
    /** {@link Decision.RunHere}; also what becomes of a call when the policy is faulty. */
    RUN_HERE,
    /** {@link Decision.Forward}. */
    FORWARD,
    /** {@link Decision.Offer}. */
    OFFER,
    /** {@link Decision.ProbeFirst}. */
    PROBE,
    /** {@link Decision.WaitUntil}. */
    WAIT,
    /** {@link Decision.Reject}. */
    REJECT,
    /** No decision: the policy threw, answered null or was too slow. */
    FAULT;

    /** The kind of a decision. */
    public static DecisionKind of(Decision decision) {
        if (decision instanceof Decision.RunHere) {
            return RUN_HERE;
        } else if (decision instanceof Decision.Forward) {
            return FORWARD;
        } else if (decision instanceof Decision.Offer) {
            return OFFER;
        } else if (decision instanceof Decision.ProbeFirst) {
            return PROBE;
        } else if (decision instanceof Decision.WaitUntil) {
            return WAIT;
        }
        return REJECT;
    }

    /** Lower case with underscores, for metrics and documents. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
