package io.p2pfaas.node.config;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import io.p2pfaas.node.call.JsonText;
import io.p2pfaas.node.call.Suggestion;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The fields of a JSON object, read strictly: one object and nothing behind it, no name twice, no name that is not
 * known. Values keep their type, since {@code "4"} is not 4.
 */
final class JsonFields {
    private static final JsonFactory JSON = JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();
    private static final int SHOWN_LENGTH = 100;

    private final Map<String, Value> values;

    private JsonFields(Map<String, Value> values) {
        this.values = values;
    }

    /** A value; of a list, {@code items} are what is in it. */
    private record Value(JsonToken type, String text, List<Value> items) {
        String shown() {
            String whole = switch (type) {
                case START_OBJECT -> "an object";
                case START_ARRAY -> "a list";
                case VALUE_STRING -> JsonText.quoted(text);
                default -> text;
            };
            return whole.length() <= SHOWN_LENGTH ? whole : whole.substring(0, SHOWN_LENGTH) + "...";
        }
    }

    /**
     * Which strings a field may have.
     *
     * @param allowed in words
     */
    record TextRule(String allowed, Predicate<String> test) {}

    /**
     * Reads an object.
     *
     * @param known the names that there may be
     * @param example of what is allowed, for messages
     */
    static JsonFields read(ByteBuffer json, List<String> known, String example) throws DocumentRefused {
        String allowed = "one JSON object, for example " + example;
        byte[] bytes = new byte[json.remaining()];
        json.duplicate().get(bytes);
        try (JsonParser parser = JSON.createParser(bytes)) {
            JsonToken first = parser.nextToken();
            if (first == null) {
                throw new DocumentRefused("", "is empty", allowed);
            }
            Value whole = value(parser, first);
            if (first != JsonToken.START_OBJECT) {
                throw new DocumentRefused("", "is " + whole.shown(), allowed);
            }
            Map<String, Value> values = fields(parser, known);
            if (parser.nextToken() != null) {
                throw new DocumentRefused("", "goes on behind the object", allowed);
            }
            return new JsonFields(values);
        } catch (IOException notJson) {
            throw new DocumentRefused("", "is not sound JSON" + place(notJson), allowed);
        }
    }

    /** Where it stops making sense; the parser's own words quote the text over several lines. */
    private static String place(IOException notJson) {
        if (notJson instanceof JsonProcessingException wrong) {
            String what = wrong.getOriginalMessage();
            String reason =
                    what != null && what.startsWith("Duplicate field") ? " (" + what.replace('\'', '"') + ")" : "";
            return wrong.getLocation() == null
                    ? reason
                    : reason + " at line " + wrong.getLocation().getLineNr() + ", column "
                            + wrong.getLocation().getColumnNr();
        }
        return "";
    }

    private static Map<String, Value> fields(JsonParser parser, List<String> known)
            throws IOException, DocumentRefused {
        Map<String, Value> values = new LinkedHashMap<>();
        for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
            Value value = value(parser, parser.nextToken());
            if (value.type() == JsonToken.START_OBJECT) {
                parser.skipChildren();
            }
            if (!known.contains(name)) {
                String shown = new Value(JsonToken.VALUE_STRING, name, List.of()).shown();
                String meant = Suggestion.closest(name, known)
                        .map(word -> " (did you mean " + word + "?)")
                        .orElse("");
                throw new DocumentRefused(shown, "is no known key" + meant, String.join(", ", known));
            }
            values.put(name, value);
        }
        return values;
    }

    /** Reads a list to its end; of an object only its start. */
    private static Value value(JsonParser parser, @Nullable JsonToken token) throws IOException {
        if (token == null) {
            return new Value(JsonToken.NOT_AVAILABLE, "nothing", List.of());
        }
        List<Value> items = new ArrayList<>();
        if (token == JsonToken.START_ARRAY) {
            for (JsonToken item = parser.nextToken();
                    item != null && item != JsonToken.END_ARRAY;
                    item = parser.nextToken()) {
                items.add(new Value(item, parser.getText(), List.of()));
                parser.skipChildren();
            }
        }
        return new Value(token, token.isScalarValue() ? parser.getText() : "", items);
    }

    boolean has(String name) {
        return values.containsKey(name);
    }

    /** A number as it is written; the field must be there. */
    int number(String name, Quantities.WholeNumber kind) throws DocumentRefused {
        Value value = get(name, kind.allowed());
        if (value.type() == JsonToken.VALUE_NUMBER_INT) {
            try {
                return kind.parse(value.text());
            } catch (IllegalArgumentException ignored) {
                // The refusal below says the same of all that is no such number.
            }
        }
        throw new DocumentRefused(name, "is " + value.shown(), kind.allowed());
    }

    boolean truth(String name) throws DocumentRefused {
        Value value = get(name, "true or false");
        if (!value.type().isBoolean()) {
            throw new DocumentRefused(name, "is " + value.shown(), "true or false");
        }
        return value.type() == JsonToken.VALUE_TRUE;
    }

    String text(String name, TextRule rule) throws DocumentRefused {
        return checked(name, get(name, rule.allowed()), rule);
    }

    List<String> texts(String name, TextRule rule) throws DocumentRefused {
        String allowed = "a list of strings, each " + rule.allowed();
        Value value = get(name, allowed);
        if (value.type() != JsonToken.START_ARRAY) {
            throw new DocumentRefused(name, "is " + value.shown(), allowed);
        }
        List<String> texts = new ArrayList<>();
        for (Value item : value.items()) {
            texts.add(checked(name + "[" + texts.size() + "]", item, rule));
        }
        return List.copyOf(texts);
    }

    private static String checked(String place, Value value, TextRule rule) throws DocumentRefused {
        if (value.type() != JsonToken.VALUE_STRING || !rule.test().test(value.text())) {
            throw new DocumentRefused(place, "is " + value.shown(), rule.allowed());
        }
        return value.text();
    }

    private Value get(String name, String allowed) throws DocumentRefused {
        Value value = values.get(name);
        if (value == null) {
            throw new DocumentRefused(name, "is missing", allowed);
        }
        return value;
    }
}
