package io.p2pfaas.core.policy;

import java.util.Locale;

/** What a policy can do wrong. In each case the call runs or waits on the node that asked, and the fault is counted. */
public enum PolicyFault {
    /** It threw, an error included. */
    THREW,
    /** It answered null. */
    NO_DECISION,
    /** It did not answer in the time that a plug-in has. */
    TOO_SLOW,
    /** It was not asked, since it is still busy with an earlier question. */
    STILL_BUSY,
    /** It is not asked any more, since it was too slow too often. */
    SHUT_OUT,
    /** A forward to a peer that is not there, has not the function, had the call already, or to the node itself. */
    BAD_FORWARD,
    /** A second round of probes for one call, or probes of nobody or of peers that are not there. */
    BAD_PROBE,
    /** A wait that is over already, does not end before the call's time is up, or is one too many. */
    BAD_WAIT,
    /** A rejection for a reason that is not one for rejections. */
    BAD_REASON;

    /** Lower case with underscores, for metrics and logs. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
