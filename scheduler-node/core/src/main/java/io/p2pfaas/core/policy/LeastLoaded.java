package io.p2pfaas.core.policy;

import java.util.random.RandomGenerator;

/**
 * Every call goes to the least loaded of d random peers and this node itself, by load samples, whether this node is busy
 * or not.
 *
 * <p>Example, d=2: this node runs one call and is free for three more. The samples of two peers drawn by lot say 0 and
 * 2: the call goes to the first. Had it said 1, the call would stay, since moving it must gain something. A peer that
 * refuses sends its newer sample, and two others are drawn.
 *
 * <p>The classic "join the shortest of d queues" (Vvedenskaya, Dobrushin, Karpelevich 1996; Mitzenmacher 2001), with
 * samples instead of a look at the queues. Not for production: it moves calls off nodes that have a free slot, and pays a
 * hop for nothing; a function that is warm here runs cold there; and the older the samples, the more all nodes herd onto
 * the same peer. {@link LeastLoadedSpill} is the same idea for those calls only that find no slot.
 *
 * @param choices d, random peers looked at per decision
 */
public record LeastLoaded(int choices) implements SchedulingPolicy {
    static final String NAME = "LeastLoaded";

    static LeastLoaded of(Parameters parameters) {
        return new LeastLoaded(parameters.integer(0, "d", 1, 64, 2));
    }

    @Override
    public Decision decide(CallView call, ClusterView cluster, RandomGenerator random) {
        Decision best = new Decision.RunHere(true);
        if (call.call().hops() > 0 || !cluster.linkUp()) {
            return best;
        }
        int least = cluster.own().total();
        for (PeerView peer : cluster.drawCandidates(choices, random)) {
            if (peer.estimate() < least) {
                least = peer.estimate();
                best = new Decision.Forward(peer.id());
            }
        }
        return best;
    }

    @Override
    public String describe() {
        return NAME + "(" + choices + ")";
    }

    @Override
    public Needs needs() {
        return Needs.SAMPLES;
    }
}
