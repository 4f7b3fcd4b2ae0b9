package io.p2pfaas.core.policy;

import io.p2pfaas.core.model.Arrival;
import io.p2pfaas.core.model.Load;
import io.p2pfaas.core.model.Reason;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * The broker is the matchmaker: a node with a free slot is a member of a shared subscription, a node without one
 * publishes its overflow there, and the broker deals each call to one member. The subscription is the load signal.
 *
 * <p>Example, K=4, no queues: n1 is full, n3 has a slot, the others are full. n1 publishes the call once; the broker
 * hands it to n3. Had n3 been full too, the broker would have told n1 at once that nobody is there, and n1 would have
 * rejected: known losses cost one packet and no waiting.
 *
 * <p>Steps: a slot is free here, run here. Else offer to nodes with a free slot. Nobody: wait here. Queue full: offer
 * to nodes with room in the queue. Nobody there either: reject. A taker that has just become full either sends the
 * call back ({@code eager}) or offers it again itself ({@code lazy}), up to {@code deals} deals in all.
 *
 * <p>Eager members leave as soon as they have no room, lazy ones only when they have just had to refuse: fewer
 * subscription changes, but some calls are dealt more than once.
 *
 * <p>The cost per call does not depend on the number of nodes, and no sample grows old. Not for brokers that do not
 * report "no matching subscribers", nor with functions so short that the way through the broker is longer than the
 * wait: a slow broker or too many open offers make it fall back to waiting here.
 *
 * @param lazy how members leave
 * @param deals how often a call may be dealt
 */
public record BrokerMatch(boolean lazy, int deals) implements SchedulingPolicy {
    static final String NAME = "BrokerMatch";

    /** An offer that takes longer than this to be acknowledged says that the broker is the bottleneck. */
    private static final long SLOW_LINK_NANOS = 250_000_000L;

    static BrokerMatch of(Parameters parameters) {
        boolean lazy = parameters
                .word(0, "membership", List.of("eager", "lazy"), "lazy")
                .equals("lazy");
        return new BrokerMatch(lazy, parameters.integer(1, "deals", 1, 16, lazy ? 6 : 3));
    }

    @Override
    public Decision decide(CallView call, ClusterView cluster, RandomGenerator random) {
        return call.call().arrival() == Arrival.CLIENT ? atOrigin(call, cluster) : atTaker(call, cluster);
    }

    private Decision atOrigin(CallView call, ClusterView cluster) {
        Load own = cluster.own();
        if (own.hasFreeSlot() || !cluster.linkUp()) {
            return new Decision.RunHere(true);
        }
        boolean mayOffer = call.attempts().size() < deals && !isBrokerBusy(cluster);
        boolean mayOfferAgain = !lazy || !wasDealtOut(SpillGroup.SLOT, call, cluster);
        if (mayOffer && mayOfferAgain && !call.foundEmpty(SpillGroup.SLOT)) {
            return new Decision.Offer(SpillGroup.SLOT);
        }
        if (own.hasRoom()) {
            return new Decision.RunHere(true);
        }
        // A node without a queue takes the others to be like it, and saves the packet.
        if (mayOffer && own.queueMax() > 0 && !wasDealtOut(SpillGroup.QUEUE, call, cluster)) {
            return new Decision.Offer(SpillGroup.QUEUE);
        }
        return new Decision.Reject(call.attempts().isEmpty() ? Reason.QUEUE_FULL : Reason.NO_TAKER);
    }

    /** Whether other nodes have dealt the call as often as they may. One that came straight back here does not count. */
    private static boolean wasDealtOut(SpillGroup group, CallView call, ClusterView cluster) {
        for (Attempt attempt : call.attempts()) {
            if (attempt.group() == group && !cluster.self().equals(attempt.peer())) {
                return true;
            }
        }
        return false;
    }

    private Decision atTaker(CallView call, ClusterView cluster) {
        Load own = cluster.own();
        boolean mayWait = call.call().arrival() != Arrival.SPILL;
        if (own.hasFreeSlot() || (mayWait && own.hasRoom())) {
            return new Decision.RunHere(mayWait);
        }
        Reason refusal = mayWait ? Reason.QUEUE_FULL : Reason.NO_SLOT;
        boolean mayDealOn = lazy
                && call.call().arrival() != Arrival.DIRECT
                && call.call().hops() < deals
                && call.attempts().isEmpty()
                && !isBrokerBusy(cluster);
        if (!mayDealOn) {
            return new Decision.Reject(refusal);
        }
        return new Decision.Offer(mayWait ? SpillGroup.QUEUE : SpillGroup.SLOT);
    }

    private static boolean isBrokerBusy(ClusterView cluster) {
        return !cluster.linkUp()
                || cluster.unacknowledged() >= cluster.maxUnacknowledged()
                || cluster.linkRoundTripNanos() > SLOW_LINK_NANOS;
    }

    @Override
    public String describe() {
        return NAME + "(" + (lazy ? "lazy" : "eager") + ", " + deals + ")";
    }

    @Override
    public Needs needs() {
        return new Needs(false, lazy ? Membership.LAZY : Membership.EAGER);
    }
}
