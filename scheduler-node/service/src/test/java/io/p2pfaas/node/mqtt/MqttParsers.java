package io.p2pfaas.node.mqtt;

import static io.p2pfaas.core.fuzz.Parser.require;

import io.p2pfaas.core.fuzz.Parser;
import java.util.List;

/** Where callers want their answers. */
public final class MqttParsers {
    private static final int MAX_TEXT = 64 * 1024;
    private static final ReplyTopics TOPICS = new ReplyTopics("p2pfaas/v1/", List.of("sensors/+/out", "lab/#"));

    private MqttParsers() {}

    /** All of them. */
    public static List<Parser> all() {
        return List.of(Parser.ofText("reply-topic", MAX_TEXT, MqttParsers::replyTopic));
    }

    private static void replyTopic(String topic) {
        if (TOPICS.isAllowed(topic)) {
            require(!topic.startsWith("p2pfaas/v1/node/"), "a caller may answer to a node");
            require(!topic.startsWith("p2pfaas/v1/config/"), "a caller may set all nodes");
            require(!topic.contains("+") && !topic.contains("#"), "a caller may name a wildcard");
        }
    }
}
