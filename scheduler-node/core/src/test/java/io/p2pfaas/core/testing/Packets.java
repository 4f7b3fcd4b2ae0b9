package io.p2pfaas.core.testing;

/**
 * PUBLISH, SUBSCRIBE and UNSUBSCRIBE packets that the broker received or sent; acknowledgements and presence are not
 * counted.
 */
public final class Packets {
    long forwards;
    long answers;
    long confirmations;
    long probes;
    long memberships;
    long samples;

    /** Forwards, offers and bodies. */
    public long forwards() {
        return forwards;
    }

    /** Outcomes and refusals. */
    public long answers() {
        return answers;
    }

    /** "Accepted", sent only for calls that take longer than the accept delay. */
    public long confirmations() {
        return confirmations;
    }

    /** Probes and their answers. */
    public long probes() {
        return probes;
    }

    /** Joining and leaving of groups. */
    public long memberships() {
        return memberships;
    }

    /** Load samples, heartbeats included. */
    public long samples() {
        return samples;
    }

    /** What the calls themselves cost: all but samples and confirmations. */
    public long forCalls() {
        return forwards + answers + probes + memberships;
    }
}
