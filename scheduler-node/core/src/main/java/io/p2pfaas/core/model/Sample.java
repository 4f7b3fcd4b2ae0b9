package io.p2pfaas.core.model;

/**
 * What a node says of its load. Ordered by (session, seq): a node that restarts opens a higher session.
 *
 * @param session start counter of the sender's process
 * @param seq counts the sender's samples within the session
 * @param latencyNanos how long a call that comes now would take there by the sender's estimate, waiting included;
 *     {@link #UNKNOWN} if it does not say
 */
public record Sample(NodeId node, long session, long seq, Load load, long latencyNanos) {
    /** A latency that was not told. */
    public static final long UNKNOWN = -1;

    public Sample {
        if (session < 0 || seq < 0) {
            throw new IllegalArgumentException("session and seq must not be negative: " + session + ", " + seq);
        }
        if (latencyNanos < UNKNOWN) {
            throw new IllegalArgumentException("latencyNanos must not be negative: " + latencyNanos);
        }
    }

    /** Without a latency. */
    public Sample(NodeId node, long session, long seq, Load load) {
        this(node, session, seq, load, UNKNOWN);
    }

    /** True when this sample was taken after {@code other}, a sample of the same node. */
    public boolean isNewerThan(Sample other) {
        return session != other.session ? session > other.session : seq > other.seq;
    }
}
