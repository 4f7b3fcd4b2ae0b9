package io.p2pfaas.node.mqtt;

import io.p2pfaas.node.call.TopicMapping;
import io.p2pfaas.node.call.TopicTemplate;
import io.p2pfaas.node.wire.Reply;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Topics of others that are calls here. No two mappings match one topic, so the first that does is the one. */
final class MappedTopics {
    /** Each message is for one node of the cluster. */
    private static final String SHARE = "$share/nodes/";

    private static final int MAX_TOPIC_BYTES = 65_535;

    private final List<TopicMapping> mappings;

    MappedTopics(List<TopicMapping> mappings) {
        this.mappings = List.copyOf(mappings);
    }

    /** What a node subscribes to. */
    List<String> subscriptions() {
        return mappings.stream().map(mapping -> SHARE + mapping.topic()).toList();
    }

    /** A topic that is mapped. */
    record Match(TopicMapping mapping, List<String> wildcards, String topic) {
        Reply.ToOutput output() {
            return new Reply.ToOutput(topic, filled(mapping.to()), filled(mapping.errors()), mapping.retain());
        }

        private @Nullable String filled(Optional<TopicTemplate> template) {
            return template.map(known -> known.fill(wildcards)).orElse(null);
        }

        /** What a wildcard stands for can make a topic that is not for clients. */
        boolean isPublishable() {
            Reply.ToOutput output = output();
            return isPublishable(output.to()) && isPublishable(output.errors());
        }

        private static boolean isPublishable(@Nullable String topic) {
            return topic == null
                    || (!topic.isEmpty()
                            && !topic.startsWith("$")
                            && topic.getBytes(StandardCharsets.UTF_8).length <= MAX_TOPIC_BYTES);
        }
    }

    @Nullable
    Match match(String topic) {
        for (TopicMapping mapping : mappings) {
            List<String> wildcards = mapping.topic().match(topic);
            if (wildcards != null) {
                return new Match(mapping, wildcards, topic);
            }
        }
        return null;
    }
}
