package io.p2pfaas.node.testing;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** The node's OpenAPI description, to compare answers with. */
public final class ApiDescription {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String FILE = "/io/p2pfaas/node/openapi.json";
    private static final Set<String> METHODS =
            Set.of("get", "head", "post", "put", "patch", "delete", "options", "trace");

    private final JsonNode document;
    private final SchemaCheck schemas;

    private ApiDescription(JsonNode document) {
        this.document = document;
        this.schemas = new SchemaCheck(document);
    }

    /** An answer that a node gave. */
    public record Answered(String method, String path, int status, String contentType, String body) {}

    /** Reads what is in the jar. */
    public static ApiDescription read() {
        try (InputStream file = ApiDescription.class.getResourceAsStream(FILE)) {
            return of(JSON.readTree(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static ApiDescription of(JsonNode document) {
        return new ApiDescription(document);
    }

    /** The whole description. */
    public JsonNode document() {
        return document;
    }

    /** What a node of it stands for. */
    public JsonNode resolved(JsonNode node) {
        return schemas.resolved(node);
    }

    /** The methods of each path, in upper case; names in braces are left out. */
    public Map<String, Set<String>> operations() {
        Map<String, Set<String>> all = new TreeMap<>();
        document.path("paths").properties().forEach(path -> {
            Set<String> methods = all.computeIfAbsent(anonymous(path.getKey()), any -> new TreeSet<>());
            path.getValue().properties().forEach(operation -> {
                if (METHODS.contains(operation.getKey())) {
                    methods.add(operation.getKey().toUpperCase(Locale.ROOT));
                }
            });
        });
        return all;
    }

    /** A path without the names of its parameters. */
    public static String anonymous(String path) {
        return path.replaceAll("\\{[^}]*}", "{}");
    }

    /** What the description does not say of this answer; empty if it is as described. */
    public List<String> problems(Answered answer) {
        String what = answer.method() + " " + answer.path() + " -> " + answer.status();
        Optional<JsonNode> operation = find(answer);
        if (operation.isEmpty()) {
            return List.of(what + " is not described");
        }
        JsonNode responses = operation.get().path("responses");
        JsonNode response = responses.path(Integer.toString(answer.status()));
        if (response.isMissingNode()) {
            // A function answers with what it likes.
            response = responses.path("default");
        }
        if (response.isMissingNode()) {
            return List.of(what + " is no described status: " + answer.body());
        }
        JsonNode content = schemas.resolved(response).path("content");
        if (answer.method().equals("HEAD") || content.has("*/*")) {
            return List.of();
        }
        if (content.isMissingNode()) {
            return answer.body().isEmpty() ? List.of() : List.of(what + " should have no body: " + answer.body());
        }
        JsonNode medium = content.path(answer.contentType());
        if (medium.isMissingNode()) {
            medium = content.path(answer.contentType().replaceFirst(";.*", ""));
        }
        if (medium.isMissingNode()) {
            return List.of(what + " should not be of the type " + answer.contentType());
        }
        List<String> problems = new ArrayList<>();
        schemas.problems(medium.path("schema"), value(answer)).forEach(problem -> problems.add(what + ": " + problem));
        return problems;
    }

    private static JsonNode value(Answered answer) {
        try {
            return answer.contentType().startsWith("application/json")
                    ? JSON.readTree(answer.body())
                    : JSON.getNodeFactory().textNode(answer.body());
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("no JSON: " + answer, e);
        }
    }

    /** An exact path wins over one with names; the last name of a function's path may have several parts. */
    private Optional<JsonNode> find(Answered answer) {
        String path = answer.path().replaceFirst("\\?.*", "");
        String method = answer.method().toLowerCase(Locale.ROOT);
        JsonNode paths = document.path("paths");
        if (paths.has(path)) {
            return Optional.ofNullable(paths.get(path).get(method));
        }
        for (Map.Entry<String, JsonNode> one : paths.properties()) {
            String pattern = one.getKey().replace("{path}", ".+").replaceAll("\\{[^}]*}", "[^/]+");
            if (path.matches(pattern) && one.getValue().has(method)) {
                return Optional.of(one.getValue().get(method));
            }
        }
        return Optional.empty();
    }
}
