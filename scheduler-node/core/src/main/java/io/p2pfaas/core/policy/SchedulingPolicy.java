package io.p2pfaas.core.policy;

import io.p2pfaas.core.model.EndState;
import java.util.random.RandomGenerator;

/**
 * A scheduling algorithm. P2PFaaS calls it a scheduler.
 *
 * <p>It is asked when a call arrives, and again when probes were answered, a waiting time is over, or a forward or
 * offer came to nothing. It does not send, sleep or read a clock, and it is entered by one thread at a time.
 */
public interface SchedulingPolicy {
    /** Decides about one call. All chance comes from {@code random}. */
    Decision decide(CallView call, ClusterView cluster, RandomGenerator random);

    /** Name and parameters as users see them, for example {@code PowerOfNScheduler(1, 2, true, 1)}. */
    String describe();

    /**
     * A call that this policy was asked about has ended, once for each; also if another policy is in force by now. Not
     * told of a peer's call that was handed on, since its end is not known here. Policies of plug-ins are not told.
     */
    default void ended(CallView call, EndState state, ClusterView cluster) {}

    /** What the node must do for this policy beside asking it. */
    default Needs needs() {
        return Needs.NOTHING;
    }

    /**
     * What a policy lives on.
     *
     * @param samples peers' load on every change, not only as a heartbeat
     * @param membership how the node keeps its membership in the spill groups
     * @param notices what nodes tell single peers unasked
     */
    record Needs(boolean samples, Membership membership, Notices notices) {
        public static final Needs NOTHING = new Needs(false, Membership.NONE);
        public static final Needs SAMPLES = new Needs(true, Membership.NONE);

        /** Without notices. */
        public Needs(boolean samples, Membership membership) {
            this(samples, membership, Notices.NONE);
        }
    }

    /** What nodes tell single peers unasked. */
    enum Notices {
        /** Nothing. */
        NONE,
        /** Each free slot is told to one random peer. */
        FREE_SLOTS
    }

    /** When a node is a member of the spill groups. */
    enum Membership {
        /** Never. */
        NONE,
        /** Exactly while it has room. */
        EAGER,
        /** It joins when it has room, and leaves only when it has just had to refuse. */
        LAZY,
        /** As long as it takes calls, room or not. */
        ALWAYS;

        /** Whether an empty group says that nobody has room, which only some brokers tell. */
        public boolean saysWhoHasRoom() {
            return this == EAGER || this == LAZY;
        }
    }
}
