package io.p2pfaas.core.peers;

import io.p2pfaas.core.model.FunctionName;
import io.p2pfaas.core.model.NodeId;
import io.p2pfaas.core.model.Sample;
import io.p2pfaas.core.policy.PeerView;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * The peers that this node has heard of, in the order of their first appearance. Bounded: ids come from the network.
 * A peer is a candidate only while it is online and its sample is fresh by this node's clock: unknown is never idle.
 */
public final class Peers {
    private final NodeId self;
    private final long staleAfterNanos;
    private final int maxPeers;
    private final Map<NodeId, Peer> byId = new HashMap<>();
    /** All peers; drawing swaps elements about, which keeps it a permutation and makes a draw cost what it returns. */
    private final List<Peer> drawOrder = new ArrayList<>();
    /** All peers by id; empty when somebody came or went since it was asked for. */
    private final List<Peer> ordered = new ArrayList<>();

    /**
     * @param staleAfterNanos from this age on a sample counts as none
     * @param maxPeers further peers are ignored
     */
    public Peers(NodeId self, long staleAfterNanos, int maxPeers) {
        this.self = self;
        this.staleAfterNanos = staleAfterNanos;
        this.maxPeers = maxPeers;
    }

    /**
     * Takes in what a peer's presence says.
     *
     * @return false if it was ignored: about this node itself, of an older session than the known one, or one too many
     */
    public boolean present(NodeId id, PeerState state, long session, Set<FunctionName> functions) {
        if (id.equals(self)) {
            return false;
        }
        Peer peer = byId.get(id);
        if (peer == null) {
            if (state == PeerState.LOST || byId.size() >= maxPeers) {
                return false;
            }
            peer = new Peer(id);
            byId.put(id, peer);
            drawOrder.add(peer);
            ordered.clear();
        }
        if (session < peer.session()) {
            return false;
        }
        if (state == PeerState.LOST) {
            byId.remove(id);
            drawOrder.remove(peer);
            ordered.clear();
            return true;
        }
        peer.present(state, session, functions);
        return true;
    }

    /** Takes in a sample; false if the peer is not known to be there or the sample is older than what is known. */
    public boolean hear(Sample sample, long nowNanos) {
        Peer peer = byId.get(sample.node());
        return peer != null && peer.hear(sample, nowNanos);
    }

    /** The peer did not answer in time: not a candidate until it is heard of again. */
    public void suspect(NodeId id) {
        change(id, Peer::suspect);
    }

    /** A call was sent there. */
    public void forwarded(NodeId id) {
        change(id, Peer::forwarded);
    }

    /** A call that was sent there has its answer. */
    public void answered(NodeId id) {
        change(id, Peer::answered);
    }

    private void change(NodeId id, Consumer<Peer> change) {
        Peer peer = byId.get(id);
        if (peer != null) {
            change.accept(peer);
        }
    }

    /** The peer, or null if it is not there. */
    public @Nullable Peer find(NodeId id) {
        return byId.get(id);
    }

    /** How many peers are there. */
    public int size() {
        return byId.size();
    }

    /** All peers, ordered by id. */
    public List<Peer> all() {
        return new ArrayList<>(ordered());
    }

    private List<Peer> ordered() {
        if (ordered.size() != drawOrder.size()) {
            ordered.addAll(drawOrder);
            ordered.sort((a, b) -> a.id().compareTo(b.id()));
        }
        return ordered;
    }

    /** The peer at this place, from 0, among the living ones ordered by id; null if there is none. */
    public @Nullable NodeId listed(int place, long nowNanos) {
        int before = 0;
        for (Peer peer : ordered()) {
            if (peer.isListed(nowNanos, staleAfterNanos) && before++ == place) {
                return peer.id();
            }
        }
        return null;
    }

    /** Whether some peer that is there names the function, be it silent or leaving. */
    public boolean someoneNames(FunctionName function) {
        for (Peer peer : drawOrder) {
            if (peer.functions().contains(function)) {
                return true;
            }
        }
        return false;
    }

    /** The peer as a policy sees it; an unknown peer has no load. */
    public PeerView view(NodeId id, long nowNanos) {
        Peer peer = byId.get(id);
        return peer == null ? new PeerView(id, null, Long.MAX_VALUE, 0) : peer.view(nowNanos, staleAfterNanos);
    }

    /** Whether the peer may be sent a call of this function now, its load known or not. */
    public boolean isLive(NodeId id, FunctionName function) {
        Peer peer = byId.get(id);
        return peer != null && peer.isLive(function);
    }

    /** A random live peer that has one of these functions; null if there is none. */
    public @Nullable NodeId drawCompanion(Set<FunctionName> functions, RandomGenerator random) {
        for (int i = 0; i < drawOrder.size(); i++) {
            Peer peer = drawTo(i, random);
            if (peer.isCompanion(functions)) {
                return peer.id();
            }
        }
        return null;
    }

    /** A random one of those from place {@code i} on, moved there. */
    private Peer drawTo(int i, RandomGenerator random) {
        Collections.swap(drawOrder, i, i + random.nextInt(drawOrder.size() - i));
        return drawOrder.get(i);
    }

    /** Looks, and leaves the order in which peers are drawn as it was: later draws are the same as without the look. */
    public <T extends @Nullable Object> T undisturbed(Supplier<T> look) {
        List<Peer> before = List.copyOf(drawOrder);
        try {
            return look.get();
        } finally {
            for (int i = 0; i < before.size(); i++) {
                drawOrder.set(i, before.get(i));
            }
        }
    }

    /**
     * Draws peers without repetition.
     *
     * @param freshOnly only peers whose sample is fresh
     * @param excluded peers that must not be drawn
     */
    public List<PeerView> draw(
            int count,
            FunctionName function,
            boolean freshOnly,
            Predicate<NodeId> excluded,
            long nowNanos,
            RandomGenerator random) {
        List<PeerView> drawn = new ArrayList<>(Math.min(count, drawOrder.size()));
        for (int i = 0; i < drawOrder.size() && drawn.size() < count; i++) {
            Peer peer = drawTo(i, random);
            boolean suitable = peer.isLive(function)
                    && (!freshOnly || peer.isFresh(nowNanos, staleAfterNanos))
                    && !excluded.test(peer.id());
            if (suitable) {
                drawn.add(peer.view(nowNanos, staleAfterNanos));
            }
        }
        return drawn;
    }
}
