package io.p2pfaas.core.node;

import io.p2pfaas.core.model.NodeId;
import io.p2pfaas.core.model.Reason;
import java.util.Map;
import java.util.TreeMap;

/**
 * What became of the calls that were given to each peer. A call that the broker dealt counts as sent when its taker is
 * known. Bounded, since ids come from the network.
 */
public final class ForwardCounts {
    static final int MAX_PEERS = 1024;

    private enum Kind {
        SENT,
        DONE,
        REFUSED,
        LOST
    }

    private final Map<NodeId, long[]> byPeer = new TreeMap<>();

    /**
     * Of one peer, since the start.
     *
     * @param sent calls given to it
     * @param done calls whose outcome came back
     * @param refused calls that it did not take
     * @param lost calls that did not reach it, that it did not answer, or that were with it when it or the link was lost
     */
    public record Count(long sent, long done, long refused, long lost) {}

    void sent(NodeId peer) {
        count(peer, Kind.SENT);
    }

    void done(NodeId peer) {
        count(peer, Kind.DONE);
    }

    /** It is tried elsewhere, or ends. */
    void failed(NodeId peer, Reason reason) {
        boolean isLost = switch (reason) {
            case PEER_SILENT, PEER_LOST, LINK_DOWN, NO_TAKER -> true;
            default -> false;
        };
        count(peer, isLost ? Kind.LOST : Kind.REFUSED);
    }

    private void count(NodeId peer, Kind kind) {
        long[] counts = byPeer.get(peer);
        if (counts == null) {
            if (byPeer.size() >= MAX_PEERS) {
                return;
            }
            counts = new long[4];
            byPeer.put(peer, counts);
        }
        switch (kind) {
            case SENT -> counts[0]++;
            case DONE -> counts[1]++;
            case REFUSED -> counts[2]++;
            case LOST -> counts[3]++;
        }
    }

    ForwardCounts copy() {
        ForwardCounts copy = new ForwardCounts();
        byPeer.forEach((peer, counts) -> copy.byPeer.put(peer, counts.clone()));
        return copy;
    }

    /** All peers that calls were given to, by id. */
    public Map<NodeId, Count> all() {
        Map<NodeId, Count> all = new TreeMap<>();
        byPeer.forEach((peer, counts) -> all.put(peer, new Count(counts[0], counts[1], counts[2], counts[3])));
        return all;
    }

    /** Of one peer; zeros if it was given none. */
    public Count of(NodeId peer) {
        long[] counts = byPeer.get(peer);
        return counts == null ? new Count(0, 0, 0, 0) : new Count(counts[0], counts[1], counts[2], counts[3]);
    }
}
