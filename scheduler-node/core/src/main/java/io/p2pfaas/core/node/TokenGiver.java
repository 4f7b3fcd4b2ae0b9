package io.p2pfaas.core.node;

import io.p2pfaas.core.model.Load;
import io.p2pfaas.core.model.NodeId;
import io.p2pfaas.core.model.Notice;
import io.p2pfaas.core.policy.SchedulingPolicy.Notices;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;

/**
 * Gives a token for each free slot to one random peer ({@link Notice#FREE_SLOT}), and remembers who holds one. A token
 * is spent when its holder sends a call, and given up as lost after two heartbeats, before its holder throws it away
 * after three. When no slot is free all tokens are void: the next slot that frees is told anew.
 */
final class TokenGiver {
    private static final int HEARTBEATS_TO_LOST = 2;

    private record Given(NodeId peer, long atNanos) {}

    private final Context context;
    private final long lostAfterNanos;
    private final Deque<Given> oldestFirst = new ArrayDeque<>();

    TokenGiver(Context context) {
        this.context = context;
        this.lostAfterNanos = HEARTBEATS_TO_LOST * context.settings.heartbeatNanos();
    }

    /** A peer sent a call: on the strength of its token, if it holds one. */
    void spent(NodeId peer) {
        for (Iterator<Given> given = oldestFirst.descendingIterator(); given.hasNext(); ) {
            if (given.next().peer.equals(peer)) {
                given.remove();
                return;
            }
        }
    }

    /** Gives what is to be given at the end of an event. */
    void update() {
        if (context.needs.notices() != Notices.FREE_SLOTS) {
            return;
        }
        Load load = context.admission.load();
        boolean takesCalls = context.linkUp && !context.draining && !context.functions.isEmpty();
        if (!takesCalls || !load.hasFreeSlot()) {
            oldestFirst.clear();
            return;
        }
        while (!oldestFirst.isEmpty() && context.nowNanos - oldestFirst.getFirst().atNanos >= lostAfterNanos) {
            oldestFirst.removeFirst();
        }
        int free = load.slots() - load.running();
        while (oldestFirst.size() < free) {
            NodeId peer = context.peers.drawCompanion(context.functions, context.random);
            if (peer == null) {
                return;
            }
            oldestFirst.addLast(new Given(peer, context.nowNanos));
            context.tell(peer, Notice.FREE_SLOT);
        }
    }

    /** Tokens that are out, as far as this node knows. */
    int out() {
        return oldestFirst.size();
    }

    void clear() {
        oldestFirst.clear();
    }
}
