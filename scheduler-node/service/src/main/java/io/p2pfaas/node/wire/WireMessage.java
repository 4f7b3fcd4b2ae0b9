package io.p2pfaas.node.wire;

import io.p2pfaas.node.call.Headers;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * An MQTT 5 publish, independent of the client library.
 *
 * @param payload read-only; its position is never moved
 * @param atLeastOnce QoS 1 rather than 0
 * @param expirySeconds how long the broker may keep it; 0 = for ever
 * @param properties user properties
 */
public record WireMessage(
        String topic,
        ByteBuffer payload,
        boolean atLeastOnce,
        boolean retained,
        @Nullable String responseTopic,
        @Nullable ByteBuffer correlation,
        @Nullable String contentType,
        long expirySeconds,
        Headers properties) {
    private static final ByteBuffer NO_BYTES = ByteBuffer.allocate(0).asReadOnlyBuffer();
    private static final long MILLIS_PER_SECOND = 1000;

    /** About what it holds in memory: not only payloads can be large, a client may send properties of 64 KiB each. */
    public int bytes() {
        return payload.remaining()
                + topic.length()
                + (responseTopic == null ? 0 : responseTopic.length())
                + (correlation == null ? 0 : correlation.remaining())
                + (contentType == null ? 0 : contentType.length())
                + properties.length();
    }

    /** An empty payload. */
    public static ByteBuffer noBytes() {
        return NO_BYTES;
    }

    /** Message expiry for a budget: whole seconds, rounded up, at least one. */
    public static long expiryFor(long budgetMillis) {
        return Math.max(1, (budgetMillis + MILLIS_PER_SECOND - 1) / MILLIS_PER_SECOND);
    }
}
