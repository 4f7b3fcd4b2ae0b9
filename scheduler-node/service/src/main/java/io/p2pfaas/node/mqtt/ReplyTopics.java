package io.p2pfaas.node.mqtt;

import io.p2pfaas.core.model.NodeId;
import io.p2pfaas.node.call.TopicPattern;
import java.util.List;

/**
 * Where callers may have their answers sent. The answer is published with the node's rights, so a caller must not point
 * it at somebody else's topic: only callers' own inboxes, and what the operator allows beside them.
 */
final class ReplyTopics {
    private static final int MAX_LENGTH = 512;

    private final String callers;
    private final String devices;
    private final List<TopicPattern> allowed;

    /** @param filters further topics, as MQTT filters */
    ReplyTopics(String base, List<String> filters) {
        this.callers = base + "cli/";
        this.devices = base + "dev/";
        this.allowed = filters.stream().map(TopicPattern::of).toList();
    }

    /** For those whom the broker's rights know only as somebody who may publish on a mapped topic: not devices' answers. */
    boolean isAllowedToAnybody(String topic) {
        return !topic.startsWith(devices) && isAllowed(topic);
    }

    boolean isAllowed(String topic) {
        if (topic.isEmpty()
                || topic.length() > MAX_LENGTH
                || topic.charAt(0) == '$'
                || topic.indexOf('+') >= 0
                || topic.indexOf('#') >= 0) {
            return false;
        }
        if (topic.startsWith(callers)) {
            return topic.length() > callers.length();
        }
        if (topic.startsWith(devices)) {
            String[] levels = topic.substring(devices.length()).split("/", -1);
            return levels.length >= 2 && NodeId.isValid(levels[0]) && levels[1].equals("rsp");
        }
        return allowed.stream().anyMatch(filter -> filter.match(topic) != null);
    }
}
