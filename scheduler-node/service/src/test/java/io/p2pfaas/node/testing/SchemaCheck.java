package io.p2pfaas.node.testing;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Compares values with the schemas of one of our own descriptions, OpenAPI 3.1 or AsyncAPI 3.0. It knows the part of JSON
 * Schema that they use, and fails on a keyword that it does not know, since that would not be checked.
 */
public final class SchemaCheck {
    private static final Set<String> SAID_ONLY = Set.of("description", "summary", "default");

    private final JsonNode document;

    public SchemaCheck(JsonNode document) {
        this.document = document;
    }

    /** What is wrong with a value, each with its place; empty if nothing is. */
    public List<String> problems(JsonNode schema, JsonNode value) {
        List<String> found = new ArrayList<>();
        check(schema, value, "$", found);
        return found;
    }

    /** What a node stands for if it is a reference, else the node. */
    public JsonNode resolved(JsonNode node) {
        JsonNode at = node;
        while (at.has("$ref")) {
            String pointer = at.get("$ref").asText();
            at = document.at(pointer.substring(1));
            if (!pointer.startsWith("#/") || at.isMissingNode()) {
                throw new IllegalStateException("a reference leads nowhere: " + pointer);
            }
        }
        return at;
    }

    private void check(JsonNode given, JsonNode value, String place, List<String> found) {
        JsonNode schema = resolved(given);
        for (Map.Entry<String, JsonNode> entry : schema.properties()) {
            JsonNode rule = entry.getValue();
            switch (entry.getKey()) {
                case "type" -> require(hasType(value, rule.asText()), place, "is no " + rule.asText(), value, found);
                case "const" -> require(value.equals(rule), place, "is not " + rule, value, found);
                case "enum" -> require(contains(rule, value), place, "is none of " + rule, value, found);
                case "pattern" ->
                    require(
                            !value.isTextual()
                                    || Pattern.compile(rule.asText())
                                            .matcher(value.asText())
                                            .find(),
                            place,
                            "does not match " + rule,
                            value,
                            found);
                case "maxLength" ->
                    require(
                            !value.isTextual() || value.asText().length() <= rule.asInt(),
                            place,
                            "is longer than " + rule,
                            value,
                            found);
                case "minimum" ->
                    require(
                            !value.isNumber() || value.asDouble() >= rule.asDouble(),
                            place,
                            "is below " + rule,
                            value,
                            found);
                case "maximum" ->
                    require(
                            !value.isNumber() || value.asDouble() <= rule.asDouble(),
                            place,
                            "is above " + rule,
                            value,
                            found);
                case "format" ->
                    require(hasFormat(value, rule.asText()), place, "is no " + rule.asText(), value, found);
                case "required" ->
                    rule.forEach(name -> require(
                            !value.isObject() || value.has(name.asText()),
                            place,
                            "has no " + name.asText(),
                            value,
                            found));
                case "anyOf" -> {
                    boolean fits = false;
                    for (JsonNode one : rule) {
                        fits |= problems(one, value).isEmpty();
                    }
                    require(fits, place, "fits none of " + rule, value, found);
                }
                case "items" -> {
                    for (int i = 0; value.isArray() && i < value.size(); i++) {
                        check(rule, value.get(i), place + "[" + i + "]", found);
                    }
                }
                case "properties", "patternProperties", "additionalProperties" -> {
                    // Together, below.
                }
                default -> {
                    if (!SAID_ONLY.contains(entry.getKey())) {
                        throw new IllegalStateException("a keyword that is not checked: " + entry.getKey());
                    }
                }
            }
        }
        if (value.isObject()) {
            fields(schema, value, place, found);
        }
    }

    private void fields(JsonNode schema, JsonNode value, String place, List<String> found) {
        for (Map.Entry<String, JsonNode> field : value.properties()) {
            Set<JsonNode> rules = new LinkedHashSet<>();
            if (schema.path("properties").has(field.getKey())) {
                rules.add(schema.path("properties").get(field.getKey()));
            }
            schema.path("patternProperties").properties().forEach(pattern -> {
                if (Pattern.compile(pattern.getKey()).matcher(field.getKey()).find()) {
                    rules.add(pattern.getValue());
                }
            });
            JsonNode others = schema.path("additionalProperties");
            if (rules.isEmpty() && others.isObject()) {
                rules.add(others);
            }
            String at = place + "." + field.getKey();
            require(!rules.isEmpty() || !others.isBoolean() || others.asBoolean(), at, "is not allowed", value, found);
            rules.forEach(rule -> check(rule, field.getValue(), at, found));
        }
    }

    private static boolean contains(JsonNode list, JsonNode value) {
        for (JsonNode one : list) {
            if (one.equals(value)) {
                return true;
            }
        }
        return false;
    }

    private static boolean hasType(JsonNode value, String type) {
        return switch (type) {
            case "object" -> value.isObject();
            case "array" -> value.isArray();
            case "string" -> value.isTextual();
            case "integer" -> value.isIntegralNumber();
            case "number" -> value.isNumber();
            case "boolean" -> value.isBoolean();
            case "null" -> value.isNull();
            default -> throw new IllegalStateException("a type that is not checked: " + type);
        };
    }

    private static boolean hasFormat(JsonNode value, String format) {
        if (!format.equals("date-time")) {
            throw new IllegalStateException("a format that is not checked: " + format);
        }
        try {
            return OffsetDateTime.parse(value.asText()) != null;
        } catch (DateTimeParseException ignored) {
            // Then it has another format.
            return false;
        }
    }

    private static void require(boolean holds, String place, String what, JsonNode value, List<String> found) {
        if (!holds) {
            String text = value.toString();
            found.add(place + " " + what + ": " + text.substring(0, Math.min(200, text.length())));
        }
    }
}
