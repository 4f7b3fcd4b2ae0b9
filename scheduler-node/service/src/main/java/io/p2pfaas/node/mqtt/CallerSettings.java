package io.p2pfaas.node.mqtt;

import io.p2pfaas.node.call.CallerLimit;
import io.p2pfaas.node.call.TopicMapping;
import java.time.Duration;
import java.util.List;

/**
 * How calls of MQTT clients are treated.
 *
 * @param replyTopics further response topics that are allowed, as MQTT filters
 * @param timeout the budget of a call that names none
 * @param maxBodyBytes larger bodies are refused
 * @param maxBufferedBytes calls that have not ended may hold so much of the memory together
 * @param dedupeWindow how long a repeat is recognised
 * @param replyExpiry how long the broker keeps answers for devices that are away
 * @param limit for each caller
 * @param fnCallers all callers on {@code fn/} together may use so many times the limit
 */
public record CallerSettings(
        List<String> replyTopics,
        Duration timeout,
        long maxBodyBytes,
        long maxBufferedBytes,
        Duration dedupeWindow,
        Duration replyExpiry,
        List<TopicMapping> mappings,
        CallerLimit limit,
        int fnCallers) {
    public CallerSettings {
        replyTopics = List.copyOf(replyTopics);
        mappings = List.copyOf(mappings);
    }
}
