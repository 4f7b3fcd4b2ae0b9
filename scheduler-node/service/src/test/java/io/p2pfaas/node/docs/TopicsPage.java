package io.p2pfaas.node.docs;

import com.fasterxml.jackson.databind.JsonNode;
import io.p2pfaas.node.testing.TopicDescription;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.StringJoiner;
import java.util.TreeSet;

/** docs/topics.md, made of the AsyncAPI description. */
final class TopicsPage {
    private final TopicDescription topics;
    private final StringBuilder page = new StringBuilder();

    private TopicsPage(TopicDescription topics) {
        this.topics = topics;
    }

    static String of(TopicDescription topics) {
        return new TopicsPage(topics).text();
    }

    private String text() {
        JsonNode document = topics.document();
        page.append(
                "# Topics\n\nMade of [asyncapi.yaml](asyncapi.yaml); tests compare it with [wire-format.md](wire-format.md), which explains and has"
                        + " examples, and with what nodes publish. To change this page, change that file and run `AsyncApiTest` with"
                        + " `-Dtest.jvm.options=-Dapi.write=true`.\n\n");
        page.append(document.at("/info/description").asText()).append("\n\n");
        page.append("| topic | means | a node | QoS | retained | expiry | messages |\n|---|---|---|---|---|---|---|\n");
        document.path("channels").properties().forEach(channel -> channel(channel.getKey(), channel.getValue()));
        page.append("\n## Parts of topics\n");
        document.at("/components/parameters")
                .properties()
                .forEach(parameter -> page.append("- `")
                        .append(parameter.getKey())
                        .append("`: ")
                        .append(parameter.getValue().path("description").asText())
                        .append(".\n"));
        page.append("\n## Messages\n");
        document.at("/components/messages")
                .properties()
                .forEach(message -> message(message.getKey(), message.getValue()));
        page.append("\n## Sample\n`")
                .append(document.at("/components/schemas/Sample/description").asText())
                .append("`, numbers with a space between.\n");
        return page.toString();
    }

    private void channel(String name, JsonNode channel) {
        Set<String> actions = new TreeSet<>();
        JsonNode mqtt = null;
        for (JsonNode operation : topics.document().path("operations")) {
            if (operation.at("/channel/$ref").asText().equals("#/channels/" + name)) {
                actions.add(operation.path("action").asText().equals("send") ? "publishes" : "hears");
                JsonNode bound = operation.at("/bindings/mqtt");
                mqtt = bound.isMissingNode() ? mqtt : bound;
            }
        }
        StringJoiner messages = new StringJoiner(", ");
        channel.path("messages").forEach(message -> {
            String of = message.path("$ref").asText().replaceFirst(".*/", "");
            messages.add("[" + of + "](#" + of.toLowerCase(Locale.ROOT) + ")");
        });
        JsonNode bound = mqtt;
        page.append("| ")
                .append(
                        channel.path("address").isTextual()
                                ? "`" + channel.path("address").asText() + "`"
                                : "any other")
                .append(" | ")
                .append(channel.path("summary").asText())
                .append(
                        channel.has("description")
                                ? ". " + channel.path("description").asText()
                                : "")
                .append(" | ")
                .append(String.join(", ", actions))
                .append(" | ")
                .append(bound == null ? "" : bound.path("qos").asText())
                .append(" | ")
                .append(bound == null ? "" : bound.path("retain").asBoolean() ? "yes" : "no")
                .append(" | ")
                .append(
                        bound != null && bound.has("messageExpiryInterval")
                                ? bound.path("messageExpiryInterval").asText() + " s"
                                : "")
                .append(" | ")
                .append(messages)
                .append(" |\n");
    }

    private void message(String name, JsonNode message) {
        page.append("\n### ")
                .append(name)
                .append('\n')
                .append(message.path("summary").asText())
                .append('\n');
        if (message.has("contentType")) {
            page.append("- content type: `")
                    .append(message.path("contentType").asText())
                    .append("`\n");
        }
        if (message.has("correlationId")) {
            page.append("- correlation data: ")
                    .append(topics.resolved(message.path("correlationId"))
                            .path("description")
                            .asText())
                    .append('\n');
        }
        JsonNode payload = message.path("payload");
        if (payload.path("maxLength").asInt(-1) == 0) {
            page.append("- payload: none\n");
        } else if (!payload.has("properties")) {
            page.append("- payload: any bytes\n");
        }
        fields("user property", message.path("headers"));
        fields("payload", payload);
    }

    private void fields(String what, JsonNode schema) {
        if (!schema.has("properties")) {
            return;
        }
        page.append("\n| ").append(what).append(" | value | means |\n|---|---|---|\n");
        for (Map.Entry<String, JsonNode> field : schema.path("properties").properties()) {
            row("`" + field.getKey() + "`" + (isRequired(schema, field.getKey()) ? "" : ", perhaps"), field.getValue());
        }
        for (Map.Entry<String, JsonNode> field :
                schema.path("patternProperties").properties()) {
            row("`" + field.getKey().replace("^", "") + "NAME`, perhaps", field.getValue());
        }
        if (schema.path("additionalProperties").isObject()) {
            page.append("| others | text | |\n");
        }
    }

    private void row(String name, JsonNode schema) {
        page.append("| ")
                .append(name)
                .append(" | ")
                .append(value(schema))
                .append(" | ")
                .append(schema.path("description").asText())
                .append(" |\n");
    }

    private static boolean isRequired(JsonNode schema, String field) {
        for (JsonNode one : schema.path("required")) {
            if (one.asText().equals(field)) {
                return true;
            }
        }
        return false;
    }

    private static String value(JsonNode schema) {
        if (schema.has("$ref")) {
            return "a [sample](#sample)";
        }
        if (schema.has("const")) {
            return "`" + schema.get("const").asText() + "`";
        }
        if (schema.has("enum")) {
            StringJoiner values = new StringJoiner(", ");
            schema.get("enum").forEach(one -> values.add("`" + one.asText() + "`"));
            return values.toString();
        }
        return switch (schema.path("type").asText()) {
            case "integer" -> "whole number";
            case "array" -> "list";
            case "boolean" -> "true or false";
            case "object" -> "object";
            default -> schema.path("pattern").asText().contains("[0-9]") ? "whole number" : "text";
        };
    }
}
