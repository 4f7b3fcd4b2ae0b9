package io.p2pfaas.node.watch;

import io.p2pfaas.core.model.NodeId;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** Nodes that were there a moment ago: shown as gone for a minute before they are forgotten. Not thread-safe. */
final class LostNodes {
    private static final long SHOWN_NANOS = TimeUnit.MINUTES.toNanos(1);
    private static final int MAX_NODES = 256;

    private final Map<NodeId, NodeFacts.PeerFacts> present = new HashMap<>();
    private final Map<NodeId, Lost> lost = new HashMap<>();

    /**
     * What was known of a node when it was there for the last time.
     *
     * @param saidSo whether it has left, and did not die
     */
    record Lost(NodeFacts.PeerFacts last, boolean saidSo, long sinceNanos) {}

    /** Who is there now, and who has left. */
    Map<NodeId, Lost> update(Map<NodeId, NodeFacts.PeerFacts> now, Set<NodeId> left, long nowNanos) {
        present.forEach((id, last) -> {
            if (!now.containsKey(id) && lost.size() < MAX_NODES) {
                lost.put(id, new Lost(last, left.contains(id), nowNanos));
            }
        });
        lost.keySet().removeAll(now.keySet());
        lost.values().removeIf(one -> nowNanos - one.sinceNanos() > SHOWN_NANOS);
        present.clear();
        present.putAll(now);
        return lost;
    }

    /** Those that are shown as lost. */
    Set<NodeId> shown() {
        return lost.keySet();
    }
}
