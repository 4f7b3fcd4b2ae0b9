package io.p2pfaas.load.plan;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A map of an experiment file, asked key by key. What is wrong becomes a problem and reads as a stand-in, so that
 * reading goes on and finds the next one. {@link #end} must be called last: keys that nobody asked for are unknown.
 */
final class Section {
    private final String path;
    private final YamlValue.Keys map;
    private final Problems problems;
    private final Set<String> known = new LinkedHashSet<>();

    Section(String path, YamlValue.Keys map, Problems problems) {
        this.path = path;
        this.map = map;
        this.problems = problems;
    }

    /** A section that is not there: everything reads as its default. */
    static Section absent(String path, String place, Problems problems) {
        return new Section(path, new YamlValue.Keys(place, new LinkedHashMap<>()), problems);
    }

    boolean has(String key) {
        return map.entries().containsKey(key);
    }

    /** Keys in the order of the file. */
    List<String> keys() {
        return List.copyOf(map.entries().keySet());
    }

    /** A value, or {@code fallback} if there is none. */
    <T> T value(String key, ValueKind<T> kind, T fallback, String example) {
        known.add(key);
        YamlValue.Entry entry = map.entries().get(key);
        return entry == null
                ? fallback
                : scalar(key, entry.value(), kind, example).orElse(fallback);
    }

    /** A value that must be there; {@code standIn} if it is not. */
    <T> T required(String key, ValueKind<T> kind, T standIn, String example) {
        if (!has(key)) {
            problem("", key + " is missing", kind.allowed(), key + ": " + example);
        }
        return value(key, kind, standIn, example);
    }

    /** A list, or a single value as a list of one; empty if there is none. What is wrong is left out. */
    <T> List<T> values(String key, ValueKind<T> kind, String example) {
        known.add(key);
        YamlValue.Entry entry = map.entries().get(key);
        List<T> values = new ArrayList<>();
        if (entry == null) {
            return values;
        }
        List<YamlValue> items = entry.value() instanceof YamlValue.Items list ? list.items() : List.of(entry.value());
        if (items.isEmpty()) {
            problem(key, "the list is empty", kind.allowed(), key + ": [" + example + "]");
        }
        for (YamlValue item : items) {
            scalar(key, item, kind, "[" + example + "]").ifPresent(values::add);
        }
        return values;
    }

    private <T> Optional<T> scalar(String key, YamlValue value, ValueKind<T> kind, String example) {
        String what;
        if (value instanceof YamlValue.Scalar scalar) {
            try {
                return Optional.of(kind.parse(scalar.text()));
            } catch (IllegalArgumentException refused) {
                what = "found '" + scalar.text() + "': " + refused.getMessage();
            }
        } else {
            what = found(value);
        }
        problems.add(value.place(), name(key), what, kind.allowed(), key + ": " + example);
        return Optional.empty();
    }

    /** A map below a key; an absent section if there is none. */
    Section section(String key, String example) {
        known.add(key);
        YamlValue.Entry entry = map.entries().get(key);
        if (entry == null) {
            return absent(name(key), place(key), problems);
        }
        return asSection(name(key), entry.value(), example).orElseGet(() -> absent(name(key), place(key), problems));
    }

    /** A list of maps below a key; a single map is a list of one. */
    List<Section> sections(String key, String example) {
        known.add(key);
        YamlValue.Entry entry = map.entries().get(key);
        List<Section> sections = new ArrayList<>();
        if (entry == null) {
            return sections;
        }
        if (entry.value() instanceof YamlValue.Items list) {
            for (YamlValue item : list.items()) {
                asSection(name(key) + "[" + sections.size() + "]", item, example)
                        .ifPresent(sections::add);
            }
        } else {
            asSection(name(key), entry.value(), example).ifPresent(sections::add);
        }
        return sections;
    }

    private Optional<Section> asSection(String name, YamlValue value, String example) {
        if (value instanceof YamlValue.Keys keys) {
            return Optional.of(new Section(name, keys, problems));
        }
        problems.add(value.place(), name, found(value), "a map", example);
        return Optional.empty();
    }

    private static String found(YamlValue value) {
        if (value instanceof YamlValue.Scalar scalar) {
            return "found '" + scalar.text() + "'";
        }
        if (value instanceof YamlValue.Nothing) {
            return "it has no value";
        }
        return value instanceof YamlValue.Items ? "found a list" : "found a map";
    }

    /** Something is wrong with a key of this section, or with the section itself if {@code key} is empty. */
    void problem(String key, String what, String allowed, String example) {
        problems.add(place(key), name(key), what, allowed, example);
    }

    /** Where a key stands, or the section. */
    String place(String key) {
        YamlValue.Entry entry = map.entries().get(key);
        if (entry != null) {
            return entry.place();
        }
        return map.place();
    }

    private String name(String key) {
        if (path.isEmpty()) {
            return key;
        }
        return key.isEmpty() ? path : path + "." + key;
    }

    /** Reports keys that nobody asked for. */
    void end() {
        List<String> allowed = List.copyOf(known);
        map.entries().forEach((key, entry) -> {
            if (!known.contains(key)) {
                String meant = Suggestion.closest(key, allowed)
                        .map(word -> "; did you mean " + word + "?")
                        .orElse("");
                problems.add(entry.place(), name(key), "unknown key" + meant, String.join(", ", allowed), "");
            }
        });
    }
}
