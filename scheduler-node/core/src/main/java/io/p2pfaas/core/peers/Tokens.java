package io.p2pfaas.core.peers;

import io.p2pfaas.core.model.FunctionName;
import io.p2pfaas.core.model.Load;
import io.p2pfaas.core.model.NodeId;
import io.p2pfaas.core.model.Sample;
import io.p2pfaas.core.policy.PeerView;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Tokens that peers gave this node: each says that the peer had a free slot and told nobody else of it. A token holds
 * while it is young, its peer lives in the same session, and nothing newer says that the peer is full. Each is used
 * once. Bounded: the oldest goes when one too many comes.
 */
public final class Tokens {
    static final int MAX = 256;

    private record Token(NodeId node, long session, long seq, long heardNanos) {}

    private final Peers peers;
    private final long lifeNanos;
    private final Deque<Token> newestFirst = new ArrayDeque<>();

    /** @param lifeNanos from this age on a token counts as none */
    public Tokens(Peers peers, long lifeNanos) {
        this.peers = peers;
        this.lifeNanos = lifeNanos;
    }

    /** A token came; a second delivery of the same is ignored, and so is one of a peer that is not there. */
    public void add(Sample sample, long nowNanos) {
        Peer peer = peers.find(sample.node());
        if (peer == null || peer.session() != sample.session()) {
            return;
        }
        for (Token token : newestFirst) {
            if (token.seq == sample.seq() && token.node.equals(sample.node())) {
                return;
            }
        }
        newestFirst.addFirst(new Token(sample.node(), sample.session(), sample.seq(), nowNanos));
        if (newestFirst.size() > MAX) {
            newestFirst.removeLast();
        }
    }

    /** A call goes to this peer: the newest of its tokens, if it gave one, is used up. */
    public void use(NodeId peer) {
        for (Iterator<Token> tokens = newestFirst.iterator(); tokens.hasNext(); ) {
            if (tokens.next().node.equals(peer)) {
                tokens.remove();
                return;
            }
        }
    }

    /**
     * The peer of the newest token that holds, or null. Tokens that hold for no call any more are thrown away.
     *
     * @param excluded peers that must not be named
     */
    public @Nullable PeerView newest(FunctionName function, Predicate<NodeId> excluded, long nowNanos) {
        for (Iterator<Token> tokens = newestFirst.iterator(); tokens.hasNext(); ) {
            Token token = tokens.next();
            Peer peer = peers.find(token.node);
            if (peer == null || peer.session() != token.session || nowNanos - token.heardNanos >= lifeNanos) {
                tokens.remove();
                continue;
            }
            PeerView view = peers.view(token.node, nowNanos);
            Load load = view.load();
            if (load == null || !load.hasFreeSlot() || view.estimate() >= load.slots()) {
                // The peer has filled up since; when a slot frees it gives a new token.
                tokens.remove();
            } else if (peer.isLive(function) && !excluded.test(token.node)) {
                return view;
            }
        }
        return null;
    }

    /** How many are held, good or not. */
    public int size() {
        return newestFirst.size();
    }

    /** Forgets all. */
    public void clear() {
        newestFirst.clear();
    }
}
