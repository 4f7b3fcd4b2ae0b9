package io.p2pfaas.load.plan;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;

/** Reads YAML (or JSON) token by token, so that every value keeps its line and column. */
final class YamlText {
    static final int MAX_LENGTH = 64 * 1024;
    /** Experiments have five levels; what is deeper would only cost stack. */
    private static final int MAX_DEPTH = 50;

    private final String file;
    private final YAMLParser parser;
    private final Problems problems;

    private YamlText(String file, YAMLParser parser, Problems problems) {
        this.file = file;
        this.parser = parser;
        this.problems = problems;
    }

    /** The map that the text is; empty, and a problem more, if it is something else. */
    static YamlValue.Keys read(String file, String text, Problems problems) {
        if (text.length() > MAX_LENGTH) {
            String allowed = "at most " + MAX_LENGTH + " characters";
            problems.add("file " + file, "", "it has " + text.length() + " characters", allowed, "");
            return new YamlValue.Keys("file " + file, new LinkedHashMap<>());
        }
        try (YAMLParser parser = new YAMLFactory().createParser(text)) {
            return new YamlText(file, parser, problems).document();
        } catch (JsonProcessingException broken) {
            problems.add(place(file, broken), "", "not YAML from here on" + reason(broken), "YAML or JSON", "");
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return new YamlValue.Keys("file " + file, new LinkedHashMap<>());
    }

    private YamlValue.Keys document() throws IOException {
        JsonToken token = parser.nextToken();
        if (token != JsonToken.START_OBJECT) {
            problems.add(token == null ? "file " + file : here(), "", "no keys found", "a map", "name: my-experiment");
            return new YamlValue.Keys("file " + file, new LinkedHashMap<>());
        }
        YamlValue.Keys map = map("");
        if (parser.nextToken() != null) {
            problems.add(here(), "", "a second document begins", "one document", "");
        }
        return map;
    }

    private YamlValue.Keys map(String path) throws IOException {
        String place = here();
        requireShallow();
        Map<String, YamlValue.Entry> entries = new LinkedHashMap<>();
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String key = parser.currentName();
            String keyPlace = here();
            String keyPath = path.isEmpty() ? key : path + "." + key;
            parser.nextToken();
            YamlValue value = value(keyPath);
            YamlValue.Entry before = entries.putIfAbsent(key, new YamlValue.Entry(keyPlace, value));
            if (before != null) {
                problems.add(keyPlace, keyPath, "given a second time; the first is at " + before.place(), "once", "");
            }
        }
        return new YamlValue.Keys(place, entries);
    }

    private void requireShallow() throws StreamConstraintsException {
        if (parser.getParsingContext().getNestingDepth() > MAX_DEPTH) {
            throw new StreamConstraintsException(
                    "nested deeper than " + MAX_DEPTH + " levels", parser.currentTokenLocation());
        }
    }

    private YamlValue value(String path) throws IOException {
        String place = here();
        JsonToken token = parser.currentToken();
        if (token == JsonToken.START_OBJECT) {
            return map(path);
        }
        if (token == JsonToken.START_ARRAY) {
            requireShallow();
            List<YamlValue> items = new ArrayList<>();
            while (parser.nextToken() != JsonToken.END_ARRAY) {
                items.add(value(path + "[" + items.size() + "]"));
            }
            return new YamlValue.Items(place, items);
        }
        if (parser.isCurrentAlias() || token == JsonToken.VALUE_EMBEDDED_OBJECT) {
            problems.add(place, path, "found a YAML alias or tag", "plain values", "");
        }
        return token == JsonToken.VALUE_NULL
                ? new YamlValue.Nothing(place)
                : new YamlValue.Scalar(place, parser.getText());
    }

    private String here() {
        return place(file, parser.currentTokenLocation());
    }

    private static String place(String file, JsonLocation location) {
        return file + ", line " + location.getLineNr() + ", column " + location.getColumnNr();
    }

    private static String place(String file, JsonProcessingException broken) {
        for (Throwable cause = broken; cause != null; cause = cause.getCause()) {
            if (cause instanceof MarkedYAMLException yaml && yaml.getProblemMark() != null) {
                Mark mark = yaml.getProblemMark();
                return file + ", line " + (mark.getLine() + 1) + ", column " + (mark.getColumn() + 1);
            }
        }
        return broken.getLocation() == null ? "file " + file : place(file, broken.getLocation());
    }

    private static String reason(JsonProcessingException broken) {
        for (Throwable cause = broken; cause != null; cause = cause.getCause()) {
            if (cause instanceof MarkedYAMLException yaml) {
                return ": " + yaml.getProblem();
            }
        }
        return "";
    }
}
