package io.p2pfaas.core.policy;

import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Hands every call to a random peer until it has changed nodes {@code maxHops} times, then runs it.
 *
 * <p>Example with {@code maxHops=1} on three nodes: a call that enters n1 runs on n2 or n3, whatever the loads. A peer
 * that refuses or is gone is not the caller's loss: the next one is tried, and at last the call runs where it is.
 *
 * <p>For tests and measurements of the forwarding path. As a way to share load it is poor: it moves calls off idle
 * nodes and pays a network hop for each.
 */
public record ForwardScheduler(int maxHops) implements SchedulingPolicy {
    static final String NAME = "ForwardScheduler";
    private static final int MAX_HOPS_LIMIT = 16;

    static ForwardScheduler of(Parameters parameters) {
        return new ForwardScheduler(parameters.integer(0, "maxHops", 0, MAX_HOPS_LIMIT, 1));
    }

    @Override
    public Decision decide(CallView call, ClusterView cluster, RandomGenerator random) {
        if (call.call().hops() < maxHops && cluster.linkUp()) {
            List<PeerView> peers = cluster.drawLive(1, random);
            if (!peers.isEmpty()) {
                return new Decision.Forward(peers.get(0).id());
            }
        }
        return new Decision.RunHere(true);
    }

    @Override
    public String describe() {
        return NAME + "(" + maxHops + ")";
    }
}
