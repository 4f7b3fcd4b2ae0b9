package io.p2pfaas.node.docs;

import com.fasterxml.jackson.databind.JsonNode;
import io.p2pfaas.node.testing.ApiDescription;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.StringJoiner;

/** docs/api.md, made of the OpenAPI description. */
final class ApiPage {
    private static final Set<String> NO_METHOD = Set.of("parameters");

    private final ApiDescription api;
    private final StringBuilder page = new StringBuilder();

    private ApiPage(ApiDescription api) {
        this.api = api;
    }

    static String of(ApiDescription api) {
        return new ApiPage(api).text();
    }

    private String text() {
        JsonNode document = api.document();
        page.append(
                "# HTTP interface\n\nMade of [openapi.json](../scheduler-node/service/src/main/resources/io/p2pfaas/node/openapi.json),"
                        + " which every node serves at `/openapi.json`; tests compare it with what nodes answer. To change this page, change that file and"
                        + " run `OpenApiTest` with `-Dtest.jvm.options=-Dapi.write=true`.\n\n");
        page.append(document.at("/info/description").asText()).append("\n\n");
        page.append("Who may do what is in [management.md](management.md#who-may). Credentials are given as one of:\n");
        document.at("/components/securitySchemes")
                .properties()
                .forEach(scheme -> page.append("- `")
                        .append(credential(scheme.getValue()))
                        .append("`: ")
                        .append(scheme.getValue().path("description").asText())
                        .append(".\n"));
        for (JsonNode tag : document.path("tags")) {
            section(tag);
        }
        page.append("\n## Documents\n");
        document.at("/components/schemas").properties().forEach(schema -> schema(schema.getKey(), schema.getValue()));
        return page.toString();
    }

    private static String credential(JsonNode scheme) {
        return switch (scheme.path("type").asText()) {
            case "http" -> "Authorization: " + (scheme.path("scheme").asText().equals("basic") ? "Basic" : "Bearer");
            default -> scheme.path("name").asText();
        };
    }

    private void section(JsonNode tag) {
        page.append("\n## ").append(tag.path("description").asText()).append('\n');
        api.document().path("paths").properties().forEach(path -> {
            Map<String, List<String>> alike = new LinkedHashMap<>();
            path.getValue().properties().forEach(entry -> {
                if (!NO_METHOD.contains(entry.getKey()) && hasTag(entry.getValue(), tag)) {
                    alike.computeIfAbsent(entry.getValue().path("summary").asText(), any -> new ArrayList<>())
                            .add(entry.getKey());
                }
            });
            alike.forEach((summary, methods) -> operation(
                    String.join(", ", methods).toUpperCase(Locale.ROOT) + " " + path.getKey(),
                    path.getValue().path(methods.get(0)),
                    path.getValue()));
        });
    }

    private static boolean hasTag(JsonNode operation, JsonNode tag) {
        return operation.at("/tags/0").equals(tag.path("name"));
    }

    private void operation(String title, JsonNode operation, JsonNode path) {
        page.append("\n### `").append(title).append("`\n");
        page.append(operation.path("summary").asText()).append('.');
        if (operation.has("description")) {
            page.append(' ').append(operation.path("description").asText());
        }
        page.append('\n');
        List<JsonNode> parameters = new ArrayList<>();
        path.path("parameters").forEach(parameters::add);
        operation.path("parameters").forEach(parameters::add);
        for (JsonNode given : parameters) {
            parameter(api.resolved(given));
        }
        JsonNode body = api.resolved(operation.path("requestBody"));
        if (!body.isMissingNode()) {
            page.append("- body: ").append(content(body.path("content"))).append('\n');
        }
        page.append("\n| status | answer | body |\n|---|---|---|\n");
        operation.path("responses").properties().forEach(entry -> {
            JsonNode response = api.resolved(entry.getValue());
            page.append("| ")
                    .append(entry.getKey())
                    .append(" | ")
                    .append(response.path("description").asText())
                    .append(" | ")
                    .append(content(response.path("content")))
                    .append(" |\n");
        });
    }

    private void parameter(JsonNode parameter) {
        String where = switch (parameter.path("in").asText()) {
            case "query" -> "query";
            case "header" -> "field";
            default -> "path";
        };
        String said = parameter.path("description").asText();
        String meaning = said.isEmpty()
                ? api.resolved(parameter.path("schema")).path("description").asText()
                : said;
        page.append("- ")
                .append(where)
                .append(" `")
                .append(parameter.path("name").asText())
                .append('`');
        page.append(parameter.path("required").asBoolean() && where.equals("query") ? ", needed" : "");
        page.append(meaning.isEmpty() ? "" : ": " + meaning).append('\n');
    }

    private String content(JsonNode content) {
        StringJoiner kinds = new StringJoiner(", ");
        content.properties().forEach(entry -> {
            String kind = entry.getKey();
            kinds.add(
                    kind.equals("application/json")
                            ? type(entry.getValue().path("schema"))
                            : kind.equals("*/*") ? "any" : "`" + kind + "`");
        });
        return kinds.length() == 0 ? "none" : kinds.toString();
    }

    private void schema(String name, JsonNode schema) {
        page.append("\n### ").append(name).append('\n');
        if (schema.has("description")) {
            page.append(sentence(schema.path("description").asText())).append('\n');
        }
        if (!schema.has("properties")) {
            page.append("A ").append(schema.path("type").asText()).append(".\n");
            return;
        }
        page.append("\n| field | type | means |\n|---|---|---|\n");
        schema.path("properties")
                .properties()
                .forEach(field -> page.append("| `")
                        .append(field.getKey())
                        .append('`')
                        .append(isRequired(schema, field.getKey()) ? "" : ", perhaps")
                        .append(" | ")
                        .append(type(field.getValue()))
                        .append(" | ")
                        .append(field.getValue().path("description").asText())
                        .append(" |\n"));
    }

    private static String sentence(String text) {
        return text.endsWith(".") ? text : text + ".";
    }

    private static boolean isRequired(JsonNode schema, String field) {
        for (JsonNode one : schema.path("required")) {
            if (one.asText().equals(field)) {
                return true;
            }
        }
        return false;
    }

    private String type(JsonNode schema) {
        if (schema.has("$ref")) {
            String name = schema.get("$ref").asText().replaceFirst(".*/", "");
            return "[" + name + "](#" + name.toLowerCase(Locale.ROOT) + ")";
        }
        if (schema.has("const")) {
            return "`" + schema.get("const") + "`";
        }
        if (schema.has("enum")) {
            StringJoiner values = new StringJoiner(", ");
            schema.get("enum").forEach(value -> values.add("`" + value.asText() + "`"));
            return values.toString();
        }
        if (schema.has("anyOf")) {
            StringJoiner types = new StringJoiner(" or ");
            schema.get("anyOf").forEach(one -> types.add(type(one)));
            return types.toString();
        }
        if (schema.path("type").asText().equals("array")) {
            return "list of " + type(schema.path("items"));
        }
        if (schema.has("properties")) {
            StringJoiner fields = new StringJoiner(", ", "object with ", "");
            schema.path("properties").properties().forEach(field -> fields.add("`" + field.getKey() + "`"));
            return fields.toString();
        }
        return schema.path("type").asText("any");
    }
}
