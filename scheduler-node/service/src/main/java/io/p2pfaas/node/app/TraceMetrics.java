package io.p2pfaas.node.app;

import io.p2pfaas.node.metrics.NodeMetrics;
import io.p2pfaas.node.trace.SpanExport;

/** What became of spans, as metrics; there are none if calls are not traced. */
final class TraceMetrics {
    private static final String SPANS = "p2pfaas.trace.spans";
    private static final String SPANS_TEXT =
            "Spans, by what became of them: exported, dropped as the queue was full, failed to be delivered, or rejected by"
                    + " a collector that took others with them";

    private TraceMetrics() {}

    static void register(NodeMetrics metrics, SpanExport spans) {
        metrics.counter(SPANS, SPANS_TEXT, spans::exported, "result", "exported");
        metrics.counter(SPANS, SPANS_TEXT, spans::dropped, "result", "dropped");
        metrics.counter(SPANS, SPANS_TEXT, spans::failed, "result", "failed");
        metrics.counter(SPANS, SPANS_TEXT, spans::rejected, "result", "rejected");
    }
}
