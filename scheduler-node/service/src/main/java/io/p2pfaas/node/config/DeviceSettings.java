package io.p2pfaas.node.config;

import io.p2pfaas.node.call.CallerLimit;
import io.p2pfaas.node.call.TopicMapping;
import java.util.List;

/**
 * Devices and their topics.
 *
 * @param mappings topics whose messages are calls; no two match the same topic, and none matches another's output
 * @param limit for each device, on this node
 * @param fnCallers all callers on {@code fn/} together may use so many times the limit: there a caller names itself
 */
public record DeviceSettings(List<TopicMapping> mappings, CallerLimit limit, int fnCallers) {
    /** No mappings and no limits. */
    public static final DeviceSettings NONE = new DeviceSettings(List.of(), CallerLimit.NONE, 100);

    public DeviceSettings {
        mappings = List.copyOf(mappings);
    }
}
