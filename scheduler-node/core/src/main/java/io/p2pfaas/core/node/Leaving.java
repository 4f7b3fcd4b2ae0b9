package io.p2pfaas.core.node;

import io.p2pfaas.core.model.Load;
import io.p2pfaas.core.model.NodeId;
import io.p2pfaas.core.policy.PeerView;
import org.jspecify.annotations.Nullable;

/**
 * What a node that is about to go does with calls that wait: peers' calls go back to where they came from, callers' calls
 * to peers that have room.
 */
final class Leaving {
    private final Context context;
    private final CallLife life;

    Leaving(Context context, CallLife life) {
        this.context = context;
        this.life = life;
    }

    /**
     * Begins, or goes on.
     *
     * @param hurry whether a place in a peer's queue will do for a caller's call
     */
    void go(boolean hurry) {
        context.draining = true;
        life.peers().handBack();
        life.startWaiting();
        for (TrackedCall waiting : context.admission.waiting()) {
            boolean mayGo = waiting.origin() == null && life.away().maySend(waiting);
            NodeId peer = mayGo ? roomiest(waiting, hurry) : null;
            // It keeps its place until somebody has taken it.
            if (peer != null && context.admission.lendFirst(first -> first == waiting) != null) {
                life.away().handTo(waiting, peer);
                context.sampleClock.changed();
            }
        }
    }

    private @Nullable NodeId roomiest(TrackedCall waiting, boolean inQueue) {
        NodeId roomiest = null;
        int most = 0;
        BrainView view = new BrainView(context, waiting, true);
        for (PeerView peer : view.drawCandidates(context.peers.size(), context.random)) {
            Load load = peer.load();
            int places = load == null ? 0 : load.slots() + (inQueue ? load.queueMax() : 0) - peer.estimate();
            if (places > most) {
                most = places;
                roomiest = peer.id();
            }
        }
        return roomiest;
    }
}
