package io.p2pfaas.node.docs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.p2pfaas.node.testing.ApiDescription;
import io.p2pfaas.node.testing.TopicDescription;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

final class AsyncApiTest {
    private static final Pattern TOPIC = Pattern.compile("`(ROOT/v1/[^`]+)`");
    private static final Pattern SECONDS = Pattern.compile("(\\d+) s");
    private static final int TOPICS = 1;
    private static final int QOS = 2;
    private static final int RETAINED = 3;
    private static final int EXPIRY = 4;

    private final TopicDescription topics = TopicDescription.read();

    /** Rows of the table of topics in docs/wire-format.md, by topic without its names. */
    private static Map<String, List<String>> table() {
        Map<String, List<String>> rows = new LinkedHashMap<>();
        String page = Repository.text("docs/wire-format.md");
        page.lines()
                .dropWhile(line -> !line.startsWith("| purpose |"))
                .skip(2)
                .takeWhile(line -> line.startsWith("|"))
                .map(line -> List.of(line.substring(1).strip().split(" *\\| *", -1)))
                .forEach(cells -> {
                    Matcher topic = TOPIC.matcher(cells.get(TOPICS));
                    while (topic.find()) {
                        rows.put(anonymous(topic.group(1)), cells);
                    }
                });
        return rows;
    }

    /** Names are in capitals there. */
    private static String anonymous(String topic) {
        List<String> levels = new ArrayList<>();
        for (String level : topic.split("/", -1)) {
            levels.add(level.matches("[A-Z]+(\\.\\.\\.)?") ? "{}" : level);
        }
        return String.join("/", levels);
    }

    @Test
    void the_page_says_what_the_description_says() {
        Repository.assertMade("docs/topics.md", TopicsPage.of(topics), "asyncapi.yaml");
    }

    @Test
    void it_has_the_topics_of_the_wire_format_and_no_others() {
        assertThat(new TreeSet<>(topics.channels().keySet())).isEqualTo(new TreeSet<>(table().keySet()));
    }

    @Test
    void it_says_the_same_of_quality_of_service_retaining_and_expiry() {
        Map<String, List<String>> table = table();
        int compared = 0;
        for (JsonNode operation : topics.document().path("operations")) {
            JsonNode mqtt = operation.at("/bindings/mqtt");
            JsonNode channel = topics.resolved(operation.path("channel"));
            if (mqtt.isMissingNode()) {
                continue;
            }
            String topic = ApiDescription.anonymous(channel.path("address").asText());
            List<String> row = table.getOrDefault(topic, List.of());
            assertThat(row.get(QOS)).as(topic).startsWith(mqtt.path("qos").asText());
            assertThat(row.get(RETAINED))
                    .as(topic)
                    .isEqualTo(mqtt.path("retain").asBoolean() ? "yes" : "no");
            Matcher seconds = SECONDS.matcher(row.get(EXPIRY));
            if (seconds.matches()) {
                assertThat(mqtt.path("messageExpiryInterval").asText())
                        .as(topic)
                        .isEqualTo(seconds.group(1));
            }
            compared++;
        }
        assertThat(compared).isGreaterThan(10);
    }

    @Test
    void each_name_in_a_topic_is_explained_and_each_channel_is_used() {
        Set<String> used = new TreeSet<>();
        for (JsonNode operation : topics.document().path("operations")) {
            assertThat(operation.path("action").asText()).isIn("send", "receive");
            used.add(operation.at("/channel/$ref").asText());
        }
        topics.document().path("channels").properties().forEach(channel -> {
            assertThat(used).contains("#/channels/" + channel.getKey());
            Matcher name = Pattern.compile("\\{([^}]*)}")
                    .matcher(channel.getValue().path("address").asText());
            while (name.find()) {
                JsonNode parameter = channel.getValue().path("parameters").path(name.group(1));
                assertThat(topics.resolved(parameter).path("description").asText())
                        .as(channel.getKey() + " " + name.group(1))
                        .isNotEmpty();
            }
            assertThat(channel.getValue().path("messages")).as(channel.getKey()).isNotEmpty();
        });
    }

    @Test
    void it_is_a_description_of_version_3_whose_references_lead_somewhere() {
        assertThat(topics.document().path("asyncapi").asText()).isEqualTo("3.0.0");
        List<String> references = new ArrayList<>();
        collect(topics.document(), references);
        references.forEach(reference -> assertThat(
                        topics.document().at(reference.substring(1)).isMissingNode())
                .as(reference)
                .isFalse());
        topics.document()
                .at("/components/messages")
                .fieldNames()
                .forEachRemaining(name -> assertThat(references).contains("#/components/messages/" + name));
    }

    private static void collect(JsonNode node, List<String> references) {
        if (node.path("$ref").isTextual()) {
            references.add(node.get("$ref").asText());
        }
        node.forEach(child -> collect(child, references));
    }
}
