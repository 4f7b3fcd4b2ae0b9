package io.p2pfaas.load.plan;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A piece of a YAML file that knows its place in it. Scalars stay text: what they mean is for their reader to say. */
sealed interface YamlValue {
    /** File, line and column, for messages. */
    String place();

    /** Text, a number, true: all as written. */
    record Scalar(String place, String text) implements YamlValue {}

    /** A key without a value. */
    record Nothing(String place) implements YamlValue {}

    /** Items in their order. */
    record Items(String place, List<YamlValue> items) implements YamlValue {
        public Items {
            items = List.copyOf(items);
        }
    }

    /** Keys in their order. The map is mutable, so that single values can be overruled before it is read. */
    record Keys(String place, Map<String, Entry> entries) implements YamlValue {}

    /** A key's own place, and what it stands for. */
    record Entry(String place, YamlValue value) {}

    /** Every scalar by its path, such as {@code run.duration} or {@code faults[0].at}: to compare two files. */
    static Map<String, String> flat(YamlValue value) {
        Map<String, String> flat = new LinkedHashMap<>();
        flatten("", value, flat);
        return flat;
    }

    private static void flatten(String path, YamlValue value, Map<String, String> flat) {
        if (value instanceof Scalar scalar) {
            flat.put(path, scalar.text());
        } else if (value instanceof Items list) {
            for (int i = 0; i < list.items().size(); i++) {
                flatten(path + "[" + i + "]", list.items().get(i), flat);
            }
        } else if (value instanceof Keys map) {
            map.entries()
                    .forEach((key, entry) -> flatten(path.isEmpty() ? key : path + "." + key, entry.value(), flat));
        } else {
            flat.put(path, "");
        }
    }

    /** YAML that reads back as the same, in block style with all text in quotes. */
    static String yaml(Keys map) {
        List<String> lines = new ArrayList<>();
        map.entries().forEach((key, entry) -> lines.add(quoted(key) + ": " + flow(entry.value())));
        return String.join("\n", lines) + "\n";
    }

    private static String flow(YamlValue value) {
        if (value instanceof Scalar scalar) {
            return quoted(scalar.text());
        } else if (value instanceof Items list) {
            return "["
                    + String.join(
                            ", ", list.items().stream().map(YamlValue::flow).toList()) + "]";
        } else if (value instanceof Keys map) {
            List<String> pairs = new ArrayList<>();
            map.entries().forEach((key, entry) -> pairs.add(quoted(key) + ": " + flow(entry.value())));
            return "{" + String.join(", ", pairs) + "}";
        }
        return "";
    }

    private static String quoted(String text) {
        return text.matches("[A-Za-z][A-Za-z0-9-]*|[0-9]+(\\.[0-9]+)?(us|ms|s|m|h)?")
                ? text
                : '"'
                        + text.replace("\\", "\\\\")
                                .replace("\"", "\\\"")
                                .replace("\n", "\\n")
                                .replace("\t", "\\t")
                        + '"';
    }
}
