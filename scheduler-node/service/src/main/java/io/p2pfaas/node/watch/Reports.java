package io.p2pfaas.node.watch;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.p2pfaas.core.model.NodeId;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * What nodes reported of themselves, the last of each, and the charts' numbers apart, since they come less often. Bounded,
 * thread-safe.
 */
final class Reports {
    static final String HISTORY = "history";
    static final int MAX_NODES = 1024;
    /** Of all together, as they came; in memory they take several times as much. */
    static final int MAX_BYTES = 8 * 1024 * 1024;

    /** Nodes report once a second; who does so all the time must not keep the thread that calls come on. */
    private static final long LEAST_GAP_NANOS = TimeUnit.MILLISECONDS.toNanos(200);

    private final Map<NodeId, Known> byNode = new HashMap<>();
    private int bytes;

    /**
     * What one node reported.
     *
     * @param report without the charts' numbers
     * @param heardNanos when, on this node's clock
     * @param history the last that came; empty if none has
     * @param historyNumber rises with each
     * @param bytes of the message it came in
     * @param historyBytes of the message the history came in
     */
    record Known(
            ObjectNode report,
            long heardNanos,
            Optional<ObjectNode> history,
            long historyNumber,
            int bytes,
            int historyBytes) {
        private static final Known NOTHING =
                new Known(JsonNodeFactory.instance.objectNode(), 0, Optional.empty(), 0, 0, 0);

        /** Takes the history out of the report. */
        private Known then(ObjectNode next, int size, long nowNanos) {
            boolean isFirst = historyNumber == 0;
            if (next.remove(HISTORY) instanceof ObjectNode came) {
                return new Known(next, nowNanos, Optional.of(came), historyNumber + 1, size, size);
            }
            return new Known(next, nowNanos, history, isFirst ? 1 : historyNumber, size, historyBytes);
        }

        private int together() {
            return bytes + historyBytes;
        }
    }

    /** False if it is not a report, or one too many. */
    boolean heard(NodeId node, ByteBuffer payload, long nowNanos) {
        if (of(node).filter(known -> nowNanos - known.heardNanos() < LEAST_GAP_NANOS)
                .isPresent()) {
            return true;
        }
        Optional<ObjectNode> read = ReportText.read(payload);
        read.ifPresent(ReportForm::tidy);
        return read.isPresent() && fits(node, read.get(), payload.remaining(), nowNanos);
    }

    private synchronized boolean fits(NodeId node, ObjectNode report, int size, long nowNanos) {
        Known before = byNode.getOrDefault(node, Known.NOTHING);
        Known now = before.then(report, size, nowNanos);
        int all = bytes - before.together() + now.together();
        if (all > MAX_BYTES || (!byNode.containsKey(node) && byNode.size() >= MAX_NODES)) {
            return false;
        }
        byNode.put(node, now);
        bytes = all;
        return true;
    }

    /** This node's own report, for which there is always room. */
    synchronized void own(NodeId self, ObjectNode report, long nowNanos) {
        byNode.put(self, byNode.getOrDefault(self, Known.NOTHING).then(report, 0, nowNanos));
    }

    synchronized Optional<Known> of(NodeId node) {
        return Optional.ofNullable(byNode.get(node));
    }

    /** Forgets everybody else. */
    synchronized void keepOnly(Set<NodeId> nodes) {
        byNode.keySet().retainAll(nodes);
        bytes = byNode.values().stream().mapToInt(Known::together).sum();
    }
}
