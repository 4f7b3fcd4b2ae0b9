package io.p2pfaas.core.model;

/**
 * What a node says of its load. Ordered by (session, seq): a node that restarts opens a higher session.
 *
 * @param session start counter of the sender's process
 * @param seq counts the sender's samples within the session
 */
public record Sample(NodeId node, long session, long seq, Load load) {
    public Sample {
        if (session < 0 || seq < 0) {
            throw new IllegalArgumentException("session and seq must not be negative: " + session + ", " + seq);
        }
    }

    /** True when this sample was taken after {@code other}, a sample of the same node. */
    public boolean isNewerThan(Sample other) {
        return session != other.session ? session > other.session : seq > other.seq;
    }
}
