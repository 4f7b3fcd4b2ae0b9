package io.p2pfaas.node.mqtt;

import io.p2pfaas.node.wire.WireMessage;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the broker said at connect that it takes.
 *
 * @param sendMaximum publishes that may be unacknowledged
 * @param maxPacketBytes a larger packet would end the connection
 * @param missing what a node needs and the broker does not have
 */
public record BrokerTerms(int sendMaximum, long maxPacketBytes, List<String> missing) {
    /** Not connected: nothing is taken. */
    static final BrokerTerms NONE = new BrokerTerms(1, Long.MAX_VALUE, List.of());

    /** Fixed header, packet identifier and length of the properties at most, and the expiry. */
    private static final int FIXED_BYTES = 5 + 2 + 4 + 5;

    private static final int MAX_TEXT_BYTES = 65_535;
    private static final int FIELD_BYTES = 3;
    private static final int USER_PROPERTY_BYTES = 5;

    public BrokerTerms {
        missing = List.copyOf(missing);
    }

    /** What a broker needs to have for a node to work. */
    record Features(boolean qos1, boolean retained, boolean wildcards, boolean shared) {
        private List<String> missing() {
            List<String> missing = new ArrayList<>();
            if (!qos1) {
                missing.add("QoS 1");
            }
            if (!retained) {
                missing.add("retained messages");
            }
            if (!wildcards) {
                missing.add("wildcard subscriptions");
            }
            if (!shared) {
                missing.add("shared subscriptions");
            }
            return missing;
        }
    }

    BrokerTerms(int sendMaximum, long maxPacketBytes, Features features) {
        this(sendMaximum, maxPacketBytes, features.missing());
    }

    /** Whether the broker takes a packet of this size, and MQTT can carry what is in it. */
    boolean take(WireMessage message) {
        // Counting characters is enough for nearly every message.
        long most = size(message, false);
        if (most > MAX_TEXT_BYTES && !fits(message)) {
            return false;
        }
        return most <= maxPacketBytes || size(message, true) <= maxPacketBytes;
    }

    /** A text in MQTT has its length in two bytes. */
    private static boolean fits(WireMessage message) {
        boolean[] fits = {true};
        message.properties().forEach((name, value) -> fits[0] &= isText(name) && isText(value));
        return fits[0] && isText(message.topic());
    }

    private static boolean isText(String text) {
        return length(text, false) <= MAX_TEXT_BYTES || length(text, true) <= MAX_TEXT_BYTES;
    }

    private static long size(WireMessage message, boolean exactly) {
        long[] size = {FIXED_BYTES + message.payload().remaining()};
        size[0] += length(message.topic(), exactly) + FIELD_BYTES;
        size[0] += length(message.responseTopic(), exactly) + FIELD_BYTES;
        size[0] += length(message.contentType(), exactly) + FIELD_BYTES;
        var correlation = message.correlation();
        size[0] += FIELD_BYTES + (correlation == null ? 0 : correlation.remaining());
        message.properties()
                .forEach((name, value) ->
                        size[0] += USER_PROPERTY_BYTES + length(name, exactly) + length(value, exactly));
        return size[0];
    }

    private static long length(@Nullable String text, boolean exactly) {
        if (text == null) {
            return 0;
        }
        // A character has three bytes at most; those outside the basic plane are two characters.
        return exactly ? text.getBytes(StandardCharsets.UTF_8).length : 3L * text.length();
    }
}
