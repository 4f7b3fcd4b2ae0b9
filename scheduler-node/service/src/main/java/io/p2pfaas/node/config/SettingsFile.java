package io.p2pfaas.node.config;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import io.p2pfaas.node.call.Suggestion;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;

/**
 * Reads a settings file, YAML or JSON, token by token: so every key keeps its line and column, and nothing is bound by
 * reflection. Only loaded if there is a file, because the parser's classes cost start-up time.
 */
final class SettingsFile {
    static final int MAX_BYTES = 64 * 1024;
    /** More do not help anybody to mend the file, and to find out what was meant costs time for each. */
    private static final int MAX_PROBLEMS = 100;

    private static final class TooMany extends RuntimeException {
        private static final long serialVersionUID = 1;

        private final String where;

        TooMany(String where) {
            super("too many problems", null, false, false);
            this.where = where;
        }
    }

    private final Path file;
    private final YAMLParser parser;
    private final GivenValues given;
    private final List<Problem> problems;
    private final Map<String, Setting<?>> settings = new HashMap<>();
    /** Where each setting was first given, to tell of a second time. */
    private final Map<String, String> seen = new HashMap<>();

    private SettingsFile(Path file, YAMLParser parser, GivenValues given, List<Problem> problems) {
        this.file = file;
        this.parser = parser;
        this.given = given;
        this.problems = problems;
        for (Setting<?> setting : SettingsTable.all()) {
            settings.put(setting.key(), setting);
            if (!setting.shortKey().isEmpty()) {
                settings.put(setting.shortKey(), setting);
            }
        }
    }

    static void read(Path file, GivenValues given, List<Problem> problems) {
        try {
            // All bytes first: the parser would report a failing disk as bad YAML.
            read(file, firstBytes(file), given, problems);
        } catch (NoSuchFileException ignored) {
            // The name, which is all the exception knows, is in the problem.
            problems.add(new Problem("", "file " + file, "there is no such file", "", ""));
        } catch (IOException e) {
            String reason = e.getClass().getSimpleName();
            problems.add(new Problem("", "file " + file, "cannot be read: " + reason, "", ""));
        }
    }

    /** One byte more than is allowed is enough to know: a device or a pipe would never end. */
    private static byte[] firstBytes(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return in.readNBytes(MAX_BYTES + 1);
        }
    }

    /** Reads what stands in {@code file}. */
    static void read(Path file, byte[] content, GivenValues given, List<Problem> problems) {
        if (content.length > MAX_BYTES) {
            problems.add(new Problem(
                    "", "file " + file, "larger than " + MAX_BYTES + " bytes", "at most " + MAX_BYTES + " bytes", ""));
            return;
        }
        try (YAMLParser parser = new YAMLFactory().createParser(content)) {
            new SettingsFile(file, parser, given, problems).readAll();
        } catch (TooMany stopped) {
            problems.add(new Problem(
                    "", stopped.where, "not read from here on: these are " + MAX_PROBLEMS + " problems", "", ""));
        } catch (JsonProcessingException e) {
            problems.add(unreadable(file, e));
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    private void readAll() throws IOException {
        JsonToken token = parser.nextToken();
        // Nothing but comments, or only "---".
        if (token == null || token == JsonToken.VALUE_NULL) {
            return;
        }
        if (token != JsonToken.START_OBJECT) {
            add("", here(), "no keys found", "a map of settings", "slots: 4");
            return;
        }
        readGroup("");
        if (parser.nextToken() != null) {
            add("", here(), "a second document begins", "one document", "");
        }
    }

    /** Reads the keys below {@code prefix} up to the end of the map; the parser stands on its start. */
    private void readGroup(String prefix) throws IOException {
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String key = prefix + parser.currentName();
            String where = here();
            JsonToken value = parser.nextToken();
            Setting<?> setting = settings.get(key);
            if (key.equals(SettingsTable.FUNCTIONS.key()) && value == JsonToken.START_OBJECT) {
                if (isFirst(key, where)) {
                    readFunctions();
                } else {
                    parser.skipChildren();
                }
            } else if (value == JsonToken.START_OBJECT && isGroup(key)) {
                if (isFirst(key, where)) {
                    readGroup(key + ".");
                } else {
                    parser.skipChildren();
                }
            } else if (setting == null) {
                addUnknown(key, where);
                parser.skipChildren();
            } else if (isFirst(setting.key(), where)) {
                readValues(setting, value, where);
            } else {
                parser.skipChildren();
            }
        }
    }

    private void readValues(Setting<?> setting, JsonToken token, String where) throws IOException {
        if (token != JsonToken.START_ARRAY) {
            scalar(setting, token, where).ifPresent(text -> add(setting, text, where));
            return;
        }
        if (setting.shape() != Setting.Shape.LIST) {
            add(setting.key(), where, "found a list", setting.allowed(), setting.example());
            parser.skipChildren();
            return;
        }
        for (JsonToken item = parser.nextToken(); item != JsonToken.END_ARRAY; item = parser.nextToken()) {
            String itemWhere = here();
            if (setting == DeviceTable.MAPPINGS && item == JsonToken.START_OBJECT) {
                readMapping(itemWhere);
                continue;
            }
            scalar(setting, item, itemWhere).ifPresent(text -> add(setting, text, itemWhere));
        }
    }

    /** {@code name: spec} or {@code name: {run: spec, idempotent: true}}. */
    private void readFunctions() throws IOException {
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = parser.currentName();
            String where = here();
            JsonToken value = parser.nextToken();
            if (!isFirst(SettingsTable.FUNCTIONS.key() + "." + name, where)) {
                parser.skipChildren();
            } else if (value == JsonToken.START_OBJECT) {
                readFunction(name, where);
            } else {
                scalar(SettingsTable.FUNCTIONS, value, where)
                        .ifPresent(spec -> add(SettingsTable.FUNCTIONS, name + "=" + spec, where));
            }
        }
    }

    private void readFunction(String name, String where) throws IOException {
        String prefix = SettingsTable.FUNCTIONS.key() + "." + name + ".";
        boolean run = false;
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String key = prefix + parser.currentName();
            String keyWhere = here();
            JsonToken value = parser.nextToken();
            if (!isFirst(key, keyWhere)) {
                parser.skipChildren();
            } else if (key.equals(prefix + "run")) {
                run = true;
                scalar(SettingsTable.FUNCTIONS, value, keyWhere)
                        .ifPresent(spec -> add(SettingsTable.FUNCTIONS, name + "=" + spec, keyWhere));
            } else if (key.equals(prefix + "idempotent") && value == JsonToken.VALUE_TRUE) {
                add(SettingsTable.IDEMPOTENT, name, keyWhere);
            } else if (!key.equals(prefix + "idempotent")) {
                add(key, keyWhere, "unknown key", "run or idempotent", "");
                parser.skipChildren();
            } else if (value != JsonToken.VALUE_FALSE) {
                add(key, keyWhere, "found something else", "true or false", "true");
                parser.skipChildren();
            }
        }
        if (!run) {
            add(prefix + "run", where, "it is missing", SettingsTable.FUNCTIONS.allowed(), "run: builtin:echo");
        }
    }

    /** {@code {topic: FILTER, function: NAME, ...}}, which is the one-line form in other words. */
    private void readMapping(String where) throws IOException {
        List<String> parts = new ArrayList<>();
        boolean isWhole = true;
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String key = parser.currentName();
            String keyWhere = here();
            JsonToken value = parser.nextToken();
            if (DeviceWords.Mapping.KEYS.contains(key)) {
                Optional<String> text = scalar(DeviceTable.MAPPINGS, value, keyWhere);
                text.ifPresent(found -> parts.add(key + "=" + found));
                isWhole &= text.isPresent();
            } else {
                isWhole = false;
                String known = String.join(", ", DeviceWords.Mapping.KEYS);
                add(DeviceTable.MAPPINGS.key() + "." + key, keyWhere, "unknown key", known, "");
                parser.skipChildren();
            }
        }
        if (isWhole) {
            add(DeviceTable.MAPPINGS, String.join(" ", parts), where);
        }
    }

    /** The text of a plain value; anything else becomes a problem. */
    private Optional<String> scalar(Setting<?> setting, JsonToken token, String where) throws IOException {
        String found;
        if (token == JsonToken.START_OBJECT || token == JsonToken.START_ARRAY) {
            found = token == JsonToken.START_OBJECT ? "found a map" : "found a list";
            parser.skipChildren();
        } else if (token == JsonToken.VALUE_NULL) {
            found = "it has no value";
        } else if (parser.isCurrentAlias() || token == JsonToken.VALUE_EMBEDDED_OBJECT) {
            found = "found a YAML alias or tag";
        } else {
            return Optional.of(parser.getText());
        }
        add(setting.key(), where, found, setting.allowed(), setting.example());
        return Optional.empty();
    }

    private boolean isGroup(String key) {
        return settings.keySet().stream().anyMatch(known -> known.startsWith(key + "."));
    }

    private boolean isFirst(String key, String where) {
        String before = seen.putIfAbsent(key, where);
        if (before != null) {
            add(key, where, "given a second time", "once per file; the first is at " + before, "");
        }
        return before == null;
    }

    private void addUnknown(String key, String where) {
        if (isGroup(key)) {
            List<String> members = settings.keySet().stream()
                    .filter(known -> known.startsWith(key + "."))
                    .sorted()
                    .toList();
            add(key, where, "a group of settings, not a value", String.join(", ", members), "");
            return;
        }
        Optional<String> meant =
                Suggestion.closest(key, settings.keySet().stream().sorted().toList());
        add(
                key,
                where,
                "unknown key"
                        + meant.map(word -> "; did you mean " + word + "?").orElse(""),
                "",
                "");
    }

    private void add(Setting<?> setting, String text, String where) {
        given.add(setting, new Given(text, Source.FILE, where));
    }

    private void add(String key, String where, String what, String allowed, String example) {
        if (problems.size() >= MAX_PROBLEMS) {
            throw new TooMany(where);
        }
        problems.add(new Problem(key, where, what, allowed, example));
    }

    private String here() {
        JsonLocation location = parser.currentTokenLocation();
        return place(file, location.getLineNr(), location.getColumnNr());
    }

    private static String place(Path file, int line, int column) {
        return "file " + file + ", line " + line + ", column " + column;
    }

    /** Says where the text stops making sense, without quoting it: the line could hold a password. */
    private static Problem unreadable(Path file, JsonProcessingException e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof MarkedYAMLException yaml && yaml.getProblemMark() != null) {
                Mark mark = yaml.getProblemMark();
                String where = place(file, mark.getLine() + 1, mark.getColumn() + 1);
                return new Problem("", where, "not YAML from here on: " + yaml.getProblem(), "YAML or JSON", "");
            }
        }
        JsonLocation location = e.getLocation();
        String where = location == null ? "file " + file : place(file, location.getLineNr(), location.getColumnNr());
        return new Problem("", where, "not YAML from here on", "YAML or JSON", "");
    }
}
