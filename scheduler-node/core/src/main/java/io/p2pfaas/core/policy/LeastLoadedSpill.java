package io.p2pfaas.core.policy;

import io.p2pfaas.core.model.Load;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Runs calls here while a slot is free; the overflow goes to the least loaded of a few random peers by their samples.
 *
 * <p>Example, d=4: four slots here are busy and one call waits (L=5). The samples of four random peers say 4, 3, 6, 4;
 * to the second we sent two calls since its sample came, so we count it as 5. The least is 4, which is below 5: the
 * call goes there. Had all been 5 or more, it would wait here; with our queue full it would go to the least loaded
 * anyway, since here it would surely be lost.
 *
 * <p>Adding the own unseen forwards is what keeps old samples useful: without it every overflow of a sample period
 * herds onto the same peer. One candidate wastes the samples, all of them herd; four is the plateau. A peer that
 * refuses sends its sample along, so the next choice is better informed.
 *
 * <p>Use it where the broker can't match (see {@link BrokerMatch}), and to study stale information. Weakness: its
 * losses grow with the age of samples relative to the service time, and every node must hear the others' samples.
 *
 * @param choices d, random candidates per decision
 * @param attempts forwards per call at most
 */
public record LeastLoadedSpill(int choices, int attempts) implements SchedulingPolicy {
    static final String NAME = "LeastLoadedSpill";

    static LeastLoadedSpill of(Parameters parameters) {
        return new LeastLoadedSpill(parameters.integer(0, "d", 1, 64, 4), parameters.integer(1, "attempts", 1, 8, 3));
    }

    @Override
    public Decision decide(CallView call, ClusterView cluster, RandomGenerator random) {
        Load own = cluster.own();
        boolean mustStay = call.call().hops() > 0 || !cluster.linkUp();
        if (own.hasFreeSlot() || mustStay) {
            return new Decision.RunHere(true);
        }
        if (call.attempts().size() >= attempts) {
            return LastTry.here(call, own);
        }
        List<PeerView> candidates = cluster.drawCandidates(choices, random);
        if (candidates.size() < 2) {
            return blind(call, own, candidates, cluster, random);
        }
        PeerView best = leastLoaded(candidates);
        Load bestLoad = best.load();
        boolean lighter = best.estimate() < own.total();
        boolean roomThere = bestLoad != null && best.estimate() < bestLoad.capacity();
        if (lighter && roomThere) {
            return new Decision.Forward(best.id());
        }
        return own.hasRoom() ? new Decision.RunHere(true) : new Decision.Forward(best.id());
    }

    /** Hardly anything is known: wait here if that is possible, else try live peers unseen. */
    private static Decision blind(
            CallView call, Load own, List<PeerView> candidates, ClusterView cluster, RandomGenerator random) {
        if (own.hasRoom()) {
            return new Decision.RunHere(true);
        }
        List<PeerView> peers = candidates.isEmpty() ? cluster.drawLive(1, random) : candidates;
        return peers.isEmpty()
                ? LastTry.here(call, own)
                : new Decision.Forward(peers.get(0).id());
    }

    private static PeerView leastLoaded(List<PeerView> candidates) {
        @Nullable PeerView best = null;
        for (PeerView candidate : candidates) {
            if (best == null || candidate.estimate() < best.estimate()) {
                best = candidate;
            }
        }
        if (best == null) {
            throw new IllegalArgumentException("no candidates");
        }
        return best;
    }

    @Override
    public String describe() {
        return NAME + "(" + choices + ", " + attempts + ")";
    }

    @Override
    public Needs needs() {
        return Needs.SAMPLES;
    }
}
