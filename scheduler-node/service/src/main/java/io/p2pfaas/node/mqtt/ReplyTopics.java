package io.p2pfaas.node.mqtt;

import io.p2pfaas.core.model.NodeId;
import java.util.ArrayList;
import java.util.List;

/**
 * Where callers may have their answers sent. The answer is published with the node's rights, so a caller must not point
 * it at somebody else's topic: only callers' own inboxes, and what the operator allows beside them.
 */
final class ReplyTopics {
    private static final int MAX_LENGTH = 512;

    private final String callers;
    private final String devices;
    private final List<String[]> allowed = new ArrayList<>();

    /** @param filters further topics, as MQTT filters */
    ReplyTopics(String base, List<String> filters) {
        this.callers = base + "cli/";
        this.devices = base + "dev/";
        filters.forEach(filter -> allowed.add(filter.split("/", -1)));
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
        String[] levels = topic.split("/", -1);
        return allowed.stream().anyMatch(filter -> matches(filter, levels));
    }

    private static boolean matches(String[] filter, String[] levels) {
        for (int i = 0; i < filter.length; i++) {
            if (filter[i].equals("#")) {
                return true;
            }
            if (i >= levels.length || !(filter[i].equals("+") || filter[i].equals(levels[i]))) {
                return false;
            }
        }
        return filter.length == levels.length;
    }
}
