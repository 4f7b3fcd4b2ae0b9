package io.p2pfaas.core.policy;

import io.p2pfaas.core.model.Load;
import io.p2pfaas.core.model.Sample;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Goes by latency, and by load only to avoid what is about to become slow: among nodes that are not hot the one with the
 * lowest latency is taken; a node is hot if it has as many calls in flight as the upper part of the pool has.
 *
 * <p>The pool are up to 16 peers drawn by lot whose samples are fresh and to which this node has sent fewer than
 * {@code reuse} calls since. In flight is the load by the sample, plus those calls. The latency is the peer's
 * own estimate: its mean service time, times what is ahead for each slot. A node that has run nothing yet is taken to be
 * as slow as the slowest.
 *
 * <p>Example, quantile 0.84, slots of this node all busy: n2 has 1 in flight and takes 90 ms, n3 has 2 and takes 30 ms
 * since it is a faster machine, n4 has 6 and takes 25 ms. The quantile is 6, so n4 is hot. Of n2 and n3 the call goes to n3,
 * though n2 has less to do. Had all had 2 in flight, all would be hot, and the call would go to any of them. Had none had
 * room, this node included, the rule would have been applied to all the same, since here the call would surely be lost.
 *
 * <p>Against the source, which balances the calls of clients that run nothing: a call that finds a free slot here stays,
 * unless a cold peer is at least twice as fast, since moving it costs a hop. Latencies within a factor of 1.5 count as
 * equal, and of those the node with the least in flight is taken: a mean over a few executions is not exact, and by its
 * noise alone all would go to the same peer. The samples that are there anyway take the place of probes;
 * changes are told at once, so one that is older than the second of the source still holds, as long as its sender lives.
 *
 * <p>Use it where machines differ in speed. Among equal ones it knows no more than {@link LeastLoadedSpill}, and needs
 * longer samples. Source: Wydrowski, Kleinberg, Rumble, Archer, "Load is not what you should balance: Introducing
 * Prequal", NSDI 2024.
 *
 * @param quantile of the calls in flight in the pool, from which on a node is hot
 * @param reuse calls that are sent to a peer on the strength of one sample
 */
public record Prequal(double quantile, int reuse) implements SchedulingPolicy {
    static final String NAME = "Prequal";
    private static final int POOL = 16;
    private static final int ATTEMPTS = 3;
    private static final double WORTH_A_HOP = 2;
    private static final double ALIKE = 1.5;

    static Prequal of(Parameters parameters) {
        return new Prequal(parameters.decimal(0, "quantile", 0, 1, 0.84), parameters.integer(1, "reuse", 1, 64, 2));
    }

    @Override
    public Decision decide(CallView call, ClusterView cluster, RandomGenerator random) {
        Load own = cluster.own();
        Decision here = new Decision.RunHere(true);
        if (call.call().hops() > 0 || !cluster.linkUp()) {
            return here;
        }
        if (call.attempts().size() >= ATTEMPTS) {
            return LastTry.here(call, own);
        }
        PeerView self = cluster.peer(cluster.self());
        List<PeerView> candidates = cluster.drawCandidates(POOL, random);
        List<PeerView> pool = pool(candidates);
        if (own.hasRoom()) {
            pool.add(self);
        }
        PeerView best = best(pool.isEmpty() ? candidates : pool);
        if (best == null || best.id().equals(self.id())) {
            return best == null ? LastTry.here(call, own) : here;
        }
        boolean stays = own.hasFreeSlot() && !isWorthAHop(best, self);
        return stays ? here : new Decision.Forward(best.id());
    }

    private List<PeerView> pool(List<PeerView> candidates) {
        List<PeerView> pool = new ArrayList<>(candidates.size() + 1);
        for (PeerView peer : candidates) {
            Load load = peer.load();
            boolean hasRoom = load != null && peer.estimate() < load.capacity();
            if (hasRoom && peer.unseenForwards() < reuse) {
                pool.add(peer);
            }
        }
        return pool;
    }

    private @Nullable PeerView best(List<PeerView> pool) {
        int hotFrom = hotFrom(pool);
        List<PeerView> cold =
                pool.stream().filter(node -> node.estimate() < hotFrom).toList();
        List<PeerView> choice = cold.isEmpty() ? pool : cold;
        long slowest = slowest(pool);
        long limit = Long.MAX_VALUE;
        for (PeerView node : cold) {
            limit = Math.min(limit, (long) (ALIKE * latency(node, slowest)));
        }
        PeerView best = null;
        for (PeerView node : choice) {
            boolean isFast = latency(node, slowest) <= limit;
            if (isFast && (best == null || node.estimate() < best.estimate())) {
                best = node;
            }
        }
        return best;
    }

    /** The quantile of the calls in flight. */
    private int hotFrom(List<PeerView> pool) {
        int[] inFlight = pool.stream().mapToInt(PeerView::estimate).sorted().toArray();
        return inFlight.length == 0 ? 0 : inFlight[(int) Math.ceil(quantile * (inFlight.length - 1))];
    }

    private static long slowest(List<PeerView> pool) {
        long slowest = 0;
        for (PeerView node : pool) {
            slowest = Math.max(slowest, node.latencyNanos());
        }
        return slowest;
    }

    private static long latency(PeerView node, long ifUnknown) {
        return node.latencyNanos() == Sample.UNKNOWN ? ifUnknown : node.latencyNanos();
    }

    private static boolean isWorthAHop(PeerView peer, PeerView self) {
        return peer.latencyNanos() != Sample.UNKNOWN && WORTH_A_HOP * peer.latencyNanos() <= self.latencyNanos();
    }

    @Override
    public String describe() {
        return NAME + "(" + quantile + ", " + reuse + ")";
    }

    @Override
    public Needs needs() {
        return Needs.SAMPLES;
    }
}
