package io.p2pfaas.load.device;

import java.nio.ByteBuffer;
import java.util.Map;

/**
 * What a device asks for.
 *
 * @param node the node that it calls, by id; a 3.1.1 device cannot choose, and calls whom the broker deals it to
 * @param body all that remains in the buffer
 * @param properties user properties of an MQTT 5 message; a 3.1.1 message has none
 */
public record DeviceCall(String node, String function, ByteBuffer body, Map<String, String> properties) {
    public DeviceCall {
        body = body.asReadOnlyBuffer();
        properties = Map.copyOf(properties);
    }

    /** A copy of the body. */
    byte[] bodyBytes() {
        byte[] bytes = new byte[body.remaining()];
        body.duplicate().get(bytes);
        return bytes;
    }
}
