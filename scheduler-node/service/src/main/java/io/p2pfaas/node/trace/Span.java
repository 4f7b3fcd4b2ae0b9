package io.p2pfaas.node.trace;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Something that took its time, as OpenTelemetry has it.
 *
 * @param parent the id of the span it happened in; empty for the first of a trace
 * @param state the tracestate that came with the call; empty if none did
 * @param startNanos since 1970
 * @param error why it failed, in a word; null if it did not
 */
record Span(
        String traceId,
        String spanId,
        String parent,
        String state,
        String name,
        Kind kind,
        long startNanos,
        long endNanos,
        List<Attribute> attributes,
        @Nullable String error) {
    Span {
        attributes = List.copyOf(attributes);
    }

    /** What it is in the conversation with others; the code is OpenTelemetry's. */
    enum Kind {
        INTERNAL(1),
        SERVER(2),
        CLIENT(3),
        PRODUCER(4),
        CONSUMER(5);

        private final int code;

        Kind(int code) {
            this.code = code;
        }

        int code() {
            return code;
        }
    }

    /** @param value a Stringor Long */
    record Attribute(String key, Object value) {}
}
