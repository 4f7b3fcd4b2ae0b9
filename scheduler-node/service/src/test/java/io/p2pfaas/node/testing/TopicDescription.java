package io.p2pfaas.node.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** docs/asyncapi.yaml, to compare messages with. */
public final class TopicDescription {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Path FILE = Path.of("../../docs/asyncapi.yaml");

    private final JsonNode document;
    private final SchemaCheck schemas;

    private TopicDescription(JsonNode document) {
        this.document = document;
        this.schemas = new SchemaCheck(document);
    }

    /**
     * A message that was heard.
     *
     * @param properties its user properties
     */
    public record Heard(
            String topic, String correlation, String contentType, Map<String, String> properties, String payload) {}

    /** Reads the file; what is written once in it and meant several times is several times here. */
    public static TopicDescription read() {
        try {
            Object tree = new Yaml(new SafeConstructor(new LoaderOptions())).load(Files.readString(FILE));
            return new TopicDescription(JSON.valueToTree(tree));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The whole description. */
    public JsonNode document() {
        return document;
    }

    /** What a node of it stands for. */
    public JsonNode resolved(JsonNode node) {
        return schemas.resolved(node);
    }

    /** The channels by their topics; names in braces are left out, and the one of any topic. */
    public Map<String, JsonNode> channels() {
        Map<String, JsonNode> channels = new LinkedHashMap<>();
        document.path("channels").forEach(channel -> {
            if (channel.path("address").isTextual()) {
                channels.put(ApiDescription.anonymous(channel.path("address").asText()), channel);
            }
        });
        return channels;
    }

    /** The channel of a topic below the usual root; the one with the fewest names wins. */
    public Optional<String> channelOf(String topic) {
        String best = null;
        for (Map.Entry<String, JsonNode> entry : document.path("channels").properties()) {
            String address = entry.getValue().path("address").asText();
            String pattern = address.replace("{root}", "p2pfaas")
                    .replace("{caller}", ".+")
                    .replaceAll("\\{[^}]*}", "[^/]+");
            boolean isBetter = best == null
                    || names(address)
                            < names(document.at("/channels/" + best + "/address")
                                    .asText());
            if (topic.matches(pattern) && isBetter) {
                best = entry.getKey();
            }
        }
        return Optional.ofNullable(best);
    }

    private static int names(String address) {
        return address.length() - address.replace("{", "").length();
    }

    /** Which of a channel's messages this one is; the reasons why it is none of them if it is not described. */
    public Matched match(Heard heard) {
        Optional<String> channel = channelOf(heard.topic());
        if (channel.isEmpty()) {
            return new Matched("", List.of("no channel has the topic " + heard.topic()));
        }
        List<String> reasons = new ArrayList<>();
        JsonNode messages = document.path("channels").path(channel.get()).path("messages");
        for (Map.Entry<String, JsonNode> entry : messages.properties()) {
            List<String> problems = problems(resolved(entry.getValue()), heard);
            if (problems.isEmpty()) {
                return new Matched(channel.get() + "/" + entry.getKey(), List.of());
            }
            problems.forEach(problem -> reasons.add(heard.topic() + " as " + entry.getKey() + ": " + problem));
        }
        return new Matched("", reasons);
    }

    /**
     * Which message it is.
     *
     * @param message channel and name; empty if it is none
     * @param problems why not
     */
    public record Matched(String message, List<String> problems) {}

    private List<String> problems(JsonNode message, Heard heard) {
        List<String> problems = new ArrayList<>();
        ObjectNode headers = JSON.createObjectNode();
        heard.properties().forEach(headers::put);
        if (message.has("headers")) {
            problems.addAll(schemas.problems(message.path("headers"), headers));
        }
        if (message.has("correlationId") && heard.correlation().isEmpty() && isBetweenNodes(message)) {
            problems.add("it has no correlation data");
        }
        String type = message.path("contentType").asText();
        if (!type.isEmpty() && !type.equals(heard.contentType())) {
            problems.add("its content type is " + heard.contentType() + ", not " + type);
            return problems;
        }
        problems.addAll(schemas.problems(message.path("payload"), payload(type, heard.payload())));
        return problems;
    }

    /** A caller need not give any. */
    private static boolean isBetweenNodes(JsonNode message) {
        return !message.at("/correlationId/$ref").asText().endsWith("/caller");
    }

    private static JsonNode payload(String type, String text) {
        try {
            return type.equals("application/json")
                    ? JSON.readTree(text)
                    : JSON.getNodeFactory().textNode(text);
        } catch (IOException e) {
            throw new UncheckedIOException(text, e);
        }
    }
}
