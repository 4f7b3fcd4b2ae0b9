package io.p2pfaas.load.device;

import java.nio.ByteBuffer;
import java.util.Map;

/** How a call of a device ended, as the device sees it. */
public sealed interface DeviceReply {
    /**
     * An answer came.
     *
     * @param status like that of an HTTP answer
     * @param properties user properties by name; empty for a 3.1.1 device
     */
    record Answered(int status, Map<String, String> properties, ByteBuffer body) implements DeviceReply {}

    /**
     * No answer can come any more.
     *
     * @param detail for people; few distinct texts
     */
    record Lost(String detail) implements DeviceReply {}
}
