package io.p2pfaas.node.watch;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.p2pfaas.core.model.NodeId;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** What nodes reported of themselves, the last of each, and the charts' numbers apart, since they come less often. */
final class Reports {
    static final String HISTORY = "history";
    private static final int MAX_NODES = 1024;

    private final Map<NodeId, Known> byNode = new ConcurrentHashMap<>();

    /**
     * What one node reported.
     *
     * @param report without the charts' numbers
     * @param heardNanos when, on this node's clock
     * @param history the last that came; null if none has
     * @param historyNumber rises with each
     */
    record Known(ObjectNode report, long heardNanos, Optional<ObjectNode> history, long historyNumber) {}

    /** False if it is not a report, or of one node too many. */
    boolean heard(NodeId node, ByteBuffer payload, long nowNanos) {
        Optional<ObjectNode> read = ReportText.read(payload);
        if (read.isEmpty() || (byNode.size() >= MAX_NODES && !byNode.containsKey(node))) {
            return false;
        }
        put(node, read.get(), nowNanos);
        return true;
    }

    void put(NodeId node, ObjectNode report, long nowNanos) {
        Optional<ObjectNode> history =
                report.remove(HISTORY) instanceof ObjectNode came ? Optional.of(came) : Optional.empty();
        byNode.merge(
                node,
                new Known(report, nowNanos, history, 1),
                (before, now) -> history.isPresent()
                        ? new Known(report, nowNanos, history, before.historyNumber() + 1)
                        : new Known(report, nowNanos, before.history(), before.historyNumber()));
    }

    Optional<Known> of(NodeId node) {
        return Optional.ofNullable(byNode.get(node));
    }

    /** Forgets everybody else. */
    void keepOnly(Set<NodeId> nodes) {
        byNode.keySet().retainAll(nodes);
    }
}
