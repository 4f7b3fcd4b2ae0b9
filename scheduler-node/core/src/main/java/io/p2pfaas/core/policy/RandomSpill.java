package io.p2pfaas.core.policy;

import io.p2pfaas.core.model.Load;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Runs calls here while there is room; what finds slots and queue full goes to random peers, blindly, one after the
 * other.
 *
 * <p>Example, K=4, Q=2, attempts=2: four calls run here and two wait. The next one is sent to n5, drawn by lot, which
 * is full and refuses; then to n2, which lets it wait. Had n2 refused too, the call would be rejected.
 *
 * <p>It needs no samples, no probes and no help of the broker: the least that a node can do for a call that it would
 * lose, and what any use of information must beat. Weakness: in a busy cluster most of the peers drawn are full, and each
 * refusal costs a way there and back; with queues it lets a call wait here while a neighbour idles. It is the overflow
 * form of random forwarding, studied as "random" in Eager, Lazowska, Zahorjan, "Adaptive Load Sharing in Homogeneous
 * Distributed Systems", 1986.
 *
 * @param attempts peers tried per call at most
 */
public record RandomSpill(int attempts) implements SchedulingPolicy {
    static final String NAME = "RandomSpill";

    static RandomSpill of(Parameters parameters) {
        return new RandomSpill(parameters.integer(0, "attempts", 1, 8, 3));
    }

    @Override
    public Decision decide(CallView call, ClusterView cluster, RandomGenerator random) {
        Load own = cluster.own();
        boolean mustStay = call.call().hops() > 0 || !cluster.linkUp();
        if (own.hasRoom() || mustStay) {
            return new Decision.RunHere(true);
        }
        if (call.attempts().size() < attempts) {
            List<PeerView> peers = cluster.drawLive(1, random);
            if (!peers.isEmpty()) {
                return new Decision.Forward(peers.get(0).id());
            }
        }
        return LastTry.here(call, own);
    }

    @Override
    public String describe() {
        return NAME + "(" + attempts + ")";
    }
}
