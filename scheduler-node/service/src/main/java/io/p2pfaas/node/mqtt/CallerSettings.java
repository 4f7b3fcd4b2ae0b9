package io.p2pfaas.node.mqtt;

import io.p2pfaas.node.call.DeviceLimit;
import io.p2pfaas.node.call.TopicMapping;
import java.time.Duration;
import java.util.List;

/**
 * How calls of MQTT clients are treated.
 *
 * @param replyTopics further response topics that are allowed, as MQTT filters
 * @param timeout the budget of a call that names none
 * @param maxBodyBytes larger bodies are refused
 * @param dedupeWindow how long a repeat is recognised
 * @param replyExpiry how long the broker keeps answers for devices that are away
 */
public record CallerSettings(
        List<String> replyTopics,
        Duration timeout,
        long maxBodyBytes,
        Duration dedupeWindow,
        Duration replyExpiry,
        List<TopicMapping> mappings,
        DeviceLimit limit) {
    public CallerSettings {
        replyTopics = List.copyOf(replyTopics);
        mappings = List.copyOf(mappings);
    }
}
