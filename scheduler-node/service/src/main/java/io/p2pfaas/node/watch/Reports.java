package io.p2pfaas.node.watch;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.p2pfaas.core.model.NodeId;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * What nodes reported of themselves, the last of each, and the charts' numbers apart, since they come less often. Bounded,
 * thread-safe.
 */
final class Reports {
    static final String HISTORY = "history";
    private static final int MAX_NODES = 1024;
    /** Of all of them together, as they came; in memory they take several times as much. */
    static final long MAX_BYTES = 8L * 1024 * 1024;

    /** Nodes report once a second; who does so all the time must not keep the thread that calls come on. */
    private static final long LEAST_GAP_NANOS = TimeUnit.MILLISECONDS.toNanos(200);

    private final Map<NodeId, Known> byNode = new HashMap<>();
    private long bytes;

    /**
     * What one node reported.
     *
     * @param report without the charts' numbers
     * @param heardNanos when, on this node's clock
     * @param history the last that came; null if none has
     * @param historyNumber rises with each
     * @param reportBytes and historyBytes: their lengths as they came; who brings both is counted once
     */
    record Known(
            ObjectNode report,
            long heardNanos,
            Optional<ObjectNode> history,
            long historyNumber,
            long reportBytes,
            long historyBytes) {
        private long bytes() {
            return reportBytes + historyBytes;
        }
    }

    /** False if it is not a report, or if there is no room for it. One that comes too soon after another is not read. */
    boolean heard(NodeId node, ByteBuffer payload, long nowNanos) {
        if (of(node).filter(known -> nowNanos - known.heardNanos() < LEAST_GAP_NANOS)
                .isPresent()) {
            return true;
        }
        Optional<ObjectNode> read = ReportText.read(payload);
        if (read.isEmpty()) {
            return false;
        }
        ReportForm.tidy(read.get());
        return put(node, read.get(), payload.remaining(), nowNanos);
    }

    /** This node's own, which always has room. */
    void putOwn(NodeId self, ObjectNode report, long nowNanos) {
        boolean ignored = put(self, report, 0, nowNanos);
    }

    private synchronized boolean put(NodeId node, ObjectNode report, long length, long nowNanos) {
        Known before = byNode.get(node);
        Known now = after(before, report, length, nowNanos);
        long rest = bytes - (before == null ? 0 : before.bytes());
        boolean isBounded = length > 0;
        if (isBounded && ((before == null && byNode.size() >= MAX_NODES) || rest + now.bytes() > MAX_BYTES)) {
            return false;
        }
        byNode.put(node, now);
        bytes = rest + now.bytes();
        return true;
    }

    private static Known after(@Nullable Known before, ObjectNode report, long length, long nowNanos) {
        if (report.remove(HISTORY) instanceof ObjectNode history) {
            return new Known(
                    report, nowNanos, Optional.of(history), before == null ? 1 : before.historyNumber() + 1, 0, length);
        }
        return before == null
                ? new Known(report, nowNanos, Optional.empty(), 1, length, 0)
                : new Known(report, nowNanos, before.history(), before.historyNumber(), length, before.historyBytes());
    }

    synchronized Optional<Known> of(NodeId node) {
        return Optional.ofNullable(byNode.get(node));
    }

    /** Forgets everybody else. */
    synchronized void keepOnly(Set<NodeId> nodes) {
        byNode.keySet().retainAll(nodes);
        bytes = byNode.values().stream().mapToLong(Known::bytes).sum();
    }
}
