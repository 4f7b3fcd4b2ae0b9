package io.p2pfaas.node.call;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** Header fields in the order they came; names compare without case, and one name may occur several times. Immutable. */
public final class Headers {
    /** No fields. */
    public static final Headers EMPTY = new Headers(List.of());

    /** Names and values, alternating. */
    private final List<String> fields;

    private Headers(List<String> fields) {
        this.fields = fields;
    }

    /** Fields from alternating names and values. */
    public static Headers of(String... namesAndValues) {
        if (namesAndValues.length % 2 != 0) {
            throw new IllegalArgumentException("names and values must come in pairs: " + namesAndValues.length);
        }
        return new Headers(List.of(namesAndValues));
    }

    /** The first value of {@code name}, or null. */
    public @Nullable String first(String name) {
        for (int i = 0; i < fields.size(); i += 2) {
            if (fields.get(i).equalsIgnoreCase(name)) {
                return fields.get(i + 1);
            }
        }
        return null;
    }

    /** Hands every field to {@code action}, in order. */
    public void forEach(BiConsumer<String, String> action) {
        for (int i = 0; i < fields.size(); i += 2) {
            action.accept(fields.get(i), fields.get(i + 1));
        }
    }

    /** Characters of all names and values together. */
    public int length() {
        int length = 0;
        for (String text : fields) {
            length += text.length();
        }
        return length;
    }

    /** Number of fields. */
    public int size() {
        return fields.size() / 2;
    }

    @Override
    public String toString() {
        return fields.toString();
    }

    /** Collects fields. Not thread-safe. */
    public static final class Builder {
        private final List<String> fields = new ArrayList<>();

        /** Appends a field. */
        public Builder add(String name, String value) {
            fields.add(name);
            fields.add(value);
            return this;
        }

        /** The fields so far. */
        public Headers build() {
            return fields.isEmpty() ? EMPTY : new Headers(List.copyOf(fields));
        }
    }
}
