package io.p2pfaas.core.policy;

import io.p2pfaas.core.model.NodeId;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * One node deals all calls: workers send their callers' calls to the master, and the master gives every call, its own
 * callers' too, to the next live worker in turn. The master runs nothing while there is a worker.
 *
 * <p>Example, master n1, workers n2, n3, n4; n3 was last. A call comes to n2, which sends it to n1. n4 is next, and gets it.
 * The next call comes to n4; after n4 would come n2 again, and n2 gets it. A worker that is dead, that refused the call or
 * that it came from is passed over: a call never returns to a node that it has left.
 *
 * <p>The master is the node with the id {@code masterId}, or without one the live node with the smallest id; {@code master}
 * set to true or false says for one node that it is the master or not, as with P2PFaaS.
 *
 * <p>If the master is gone, or nobody takes the call, it runs where it is; {@code loss} forbids to wait there.
 *
 * <p>From P2PFaaS, as the classic central scheduler to compare with. It knows no loads; each call pays one or two hops,
 * also those that would have found a slot at home; and the master is one point through which everything passes. In
 * P2PFaaS the master rejects its own callers' calls; here they are dealt like all others.
 *
 * <p>Has a memory: one object per node.
 */
public final class RoundRobinWithMasterScheduler implements SchedulingPolicy {
    static final String NAME = "RoundRobinWithMasterScheduler";
    private static final int ALL = Integer.MAX_VALUE;
    /** To the master, and from it. */
    private static final int MAX_HOPS = 2;

    private static final List<String> ROLES =
            List.of(Parameters.AUTO, "true", "false", "1", "t", "T", "TRUE", "True", "0", "f", "F", "FALSE", "False");

    private final @Nullable Boolean isMaster;
    private final @Nullable NodeId master;
    private final boolean loss;
    private @Nullable NodeId last;

    private RoundRobinWithMasterScheduler(@Nullable Boolean isMaster, @Nullable NodeId master, boolean loss) {
        this.isMaster = isMaster;
        this.master = master;
        this.loss = loss;
    }

    static RoundRobinWithMasterScheduler of(Parameters parameters) {
        boolean isAuto = parameters.word(0, "master", ROLES, Parameters.AUTO).equals(Parameters.AUTO);
        return new RoundRobinWithMasterScheduler(
                isAuto ? null : parameters.truth(0, "master", false),
                parameters.node(1, "masterId").orElse(null),
                parameters.truth(2, "loss", false));
    }

    @Override
    public Decision decide(CallView call, ClusterView cluster, RandomGenerator random) {
        NodeId next = null;
        if (cluster.linkUp() && call.call().hops() < MAX_HOPS) {
            List<PeerView> live = cluster.drawLive(ALL, random);
            NodeId itsMaster = master(call, cluster.self(), live);
            if (cluster.self().equals(itsMaster)) {
                next = nextWorker(live);
            } else if (itsMaster != null && call.call().hops() == 0 && !call.tried(itsMaster)) {
                next = itsMaster;
            }
        }
        return next == null ? new Decision.RunHere(!loss) : new Decision.Forward(next);
    }

    /** Null if the master is gone. */
    private @Nullable NodeId master(CallView call, NodeId self, List<PeerView> live) {
        if (isMaster != null && isMaster) {
            return self;
        }
        if (isMaster == null && (master == null || master.equals(self))) {
            return master == null ? smallest(call, self, live) : self;
        }
        NodeId wanted = master == null ? smallest(call, null, live) : master;
        return live.stream().anyMatch(peer -> peer.id().equals(wanted)) ? wanted : null;
    }

    /** Those that had the call are not among the live ones that it may go to, but one of them may be the master. */
    private static @Nullable NodeId smallest(CallView call, @Nullable NodeId self, List<PeerView> live) {
        NodeId smallest = smallest(live);
        smallest = smaller(smallest, self);
        for (NodeId before : call.call().path()) {
            smallest = smaller(smallest, before);
        }
        for (Attempt attempt : call.attempts()) {
            smallest = smaller(smallest, attempt.peer());
        }
        return smallest;
    }

    private static @Nullable NodeId smaller(@Nullable NodeId one, @Nullable NodeId other) {
        if (one == null || other == null) {
            return one == null ? other : one;
        }
        return isBefore(one, other) ? one : other;
    }

    private static @Nullable NodeId smallest(List<PeerView> live) {
        NodeId smallest = null;
        for (PeerView peer : live) {
            smallest = smaller(smallest, peer.id());
        }
        return smallest;
    }

    /** The first one after the last one, in the order of ids, and after the end again from the start. */
    private @Nullable NodeId nextWorker(List<PeerView> live) {
        NodeId next = null;
        NodeId first = smallest(live);
        for (PeerView peer : live) {
            NodeId id = peer.id();
            boolean comesAfterLast = last == null || isBefore(last, id);
            if (comesAfterLast && (next == null || isBefore(id, next))) {
                next = id;
            }
        }
        next = next == null ? first : next;
        if (next != null) {
            last = next;
        }
        return next;
    }

    private static boolean isBefore(NodeId one, NodeId other) {
        return one.compareTo(other) < 0;
    }

    @Override
    public String describe() {
        String role = isMaster == null ? Parameters.AUTO : isMaster.toString();
        return NAME + "(" + role + ", " + (master == null ? Parameters.AUTO : master.value()) + ", " + loss + ")";
    }
}
