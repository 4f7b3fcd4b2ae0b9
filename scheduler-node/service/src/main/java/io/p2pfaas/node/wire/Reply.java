package io.p2pfaas.node.wire;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** Where the answer to a caller goes. */
public sealed interface Reply {
    /** Fire and forget. */
    Reply NONE = new None();

    /** Nobody wants an answer. */
    record None() implements Reply {}

    /** To an MQTT 5 client. */
    record ToTopic(String topic, @Nullable ByteBuffer correlation, boolean atLeastOnce) implements Reply {}

    /** To a 3.1.1 device, which sees topic and payload only. */
    record ToDevice(String device, String request, boolean atLeastOnce) implements Reply {}

    /**
     * To whoever listens to a mapped topic's output.
     *
     * @param input the topic of the call
     * @param to null = answers go nowhere
     * @param errors null = failures go nowhere
     */
    record ToOutput(
            String input, @Nullable String to, @Nullable String errors, boolean retain) implements Reply {}
}
