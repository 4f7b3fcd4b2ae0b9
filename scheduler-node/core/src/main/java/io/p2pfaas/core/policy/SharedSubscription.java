package io.p2pfaas.core.policy;

import io.p2pfaas.core.model.Load;
import java.util.random.RandomGenerator;

/**
 * No decision at all: what finds no free slot is published to a shared subscription of which all nodes are members all
 * the time, and goes where the broker deals it.
 *
 * <p>Example, K=4, no queues: n1 is full and publishes its call; the broker deals in turn, and it is n3's turn. If n3 has a
 * slot, the call runs; if not, n3 refuses, and n1 rejects it, though n2 may have been idle.
 *
 * <p>That is how MQTT is used for work queues, and the baseline that every algorithm must beat. {@link BrokerMatch} differs
 * in one thing: its members leave while they have no room. A taker without a slot lets the call wait if its queue has
 * room. Deals that come straight back to this node do not count as attempts.
 *
 * @param attempts deals of one call at most
 */
public record SharedSubscription(int attempts) implements SchedulingPolicy {
    static final String NAME = "SharedSubscription";

    static SharedSubscription of(Parameters parameters) {
        return new SharedSubscription(parameters.integer(0, "attempts", 1, 8, 1));
    }

    @Override
    public Decision decide(CallView call, ClusterView cluster, RandomGenerator random) {
        Load own = cluster.own();
        boolean mustStay = call.call().hops() > 0 || !cluster.linkUp() || call.foundEmpty(SpillGroup.SLOT);
        if (own.hasFreeSlot() || mustStay) {
            return new Decision.RunHere(true);
        }
        return dealt(call, cluster) < attempts ? new Decision.Offer(SpillGroup.SLOT) : LastTry.here(call, own);
    }

    private static int dealt(CallView call, ClusterView cluster) {
        int count = 0;
        for (Attempt attempt : call.attempts()) {
            if (!cluster.self().equals(attempt.peer())) {
                count++;
            }
        }
        return count;
    }

    @Override
    public String describe() {
        return NAME + "(" + attempts + ")";
    }

    @Override
    public Needs needs() {
        return new Needs(false, Membership.ALWAYS);
    }
}
