package io.p2pfaas.core.policy;

import io.p2pfaas.core.model.Load;
import io.p2pfaas.core.model.NodeId;
import io.p2pfaas.core.model.Reason;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Idle nodes announce themselves: a node whose slot frees gives a token for it to one random peer, and a node whose
 * slots are all busy sends its call to the giver of its newest token that still holds. Without a token the call waits
 * here, and with a full queue it tries random live peers unseen.
 *
 * <p>Example, K=4, Q=0: a slot of n3 frees, and n3 gives its token to n1, by chance. Then n1 is full and a call comes:
 * it goes to n3 at once, with no question asked. The next call finds no token: it goes to a random peer, and if that
 * refuses to the next, {@code attempts} in all. Had n3 filled up before n1's call came, it would have refused, with its
 * sample, and n1 would have tried its next token.
 *
 * <p>A token is good for one call. It holds while it is younger than three heartbeats, its giver is live in the same
 * session, and no newer sample of the giver says that it is full. A node has at most one token out per free slot. A
 * taker whose slots are all busy lets the call wait only if its sender has no room for it.
 *
 * <p>Against the source, where dispatchers have no slots of their own: calls run where they are while a slot is free,
 * and wait there rather than at a random peer, since a random peer is likely to be as full as this one.
 *
 * <p>Use it where deciding must cost no question and no sample may be needed. Weakness: a token is with one peer, which
 * may have no use for it while another one needs it; with few slots per node hardly more than every other overflowing
 * call finds one ({@link BrokerMatch} has no such luck involved), and at low load the messages are for nothing. Source:
 * Lu, Xie, Kliot, Geller, Larus, Greenberg, "Join-Idle-Queue: A novel load balancing algorithm for dynamically scalable
 * web services", 2011.
 *
 * @param attempts forwards per call at most
 */
public record JoinIdleQueue(int attempts) implements SchedulingPolicy {
    static final String NAME = "JoinIdleQueue";

    static JoinIdleQueue of(Parameters parameters) {
        return new JoinIdleQueue(parameters.integer(0, "attempts", 1, 8, 3));
    }

    @Override
    public Decision decide(CallView call, ClusterView cluster, RandomGenerator random) {
        Load own = cluster.own();
        if (own.hasFreeSlot()) {
            return new Decision.RunHere(true);
        }
        if (call.call().hops() > 0) {
            return atTaker(call.call().path(), cluster);
        }
        if (cluster.linkUp() && call.attempts().size() < attempts) {
            PeerView giver = cluster.newestToken();
            if (giver != null) {
                return new Decision.Forward(giver.id());
            }
            List<PeerView> anybody = own.hasRoom() ? List.<PeerView>of() : cluster.drawLive(1, random);
            if (!anybody.isEmpty()) {
                return new Decision.Forward(anybody.get(0).id());
            }
        }
        return LastTry.here(call, own);
    }

    /** The slot is taken. The sender may have another token, or a place: only if it has not, the call may wait here. */
    private static Decision atTaker(List<NodeId> path, ClusterView cluster) {
        Load sender = cluster.peer(path.get(path.size() - 1)).load();
        boolean hasRoom = sender != null && sender.hasRoom();
        return hasRoom ? new Decision.Reject(Reason.NO_SLOT) : new Decision.RunHere(true);
    }

    @Override
    public String describe() {
        return NAME + "(" + attempts + ")";
    }

    @Override
    public Needs needs() {
        return new Needs(false, Membership.NONE, Notices.FREE_SLOTS);
    }
}
