package io.p2pfaas.node.mqtt;

import org.jspecify.annotations.Nullable;

/** Who is meant by a device when its calls are counted: as much as a topic tells, which a broker's ACL can guard. */
final class Senders {
    /** A topic may have 64 KiB, and many are remembered. */
    private static final int MAX_LENGTH = 512;

    private static final String NOBODY = "";

    private final String base;

    Senders(String base) {
        this.base = base;
    }

    static String device(String name) {
        return "dev/" + name;
    }

    static String topic(String topic) {
        return "topic/" + topic.substring(0, Math.min(MAX_LENGTH, topic.length()));
    }

    /** The owner of a response topic; all callers without one are the same to us. */
    String of(@Nullable String responseTopic) {
        if (responseTopic == null) {
            return NOBODY;
        }
        if (!responseTopic.startsWith(base)) {
            return topic(responseTopic);
        }
        String[] levels = responseTopic.substring(base.length()).split("/", 3);
        return levels.length < 2 ? NOBODY : levels[0] + "/" + levels[1];
    }
}
