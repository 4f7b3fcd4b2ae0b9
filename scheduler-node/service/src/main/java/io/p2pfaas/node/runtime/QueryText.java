package io.p2pfaas.node.runtime;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Reads a raw query. */
final class QueryText {
    private QueryText() {}

    /** The first value of {@code name}, decoded; null if there is none or its escapes are broken. */
    static @Nullable String first(String query, String name) {
        for (String pair : query.split("&", -1)) {
            if (pair.startsWith(name) && pair.length() > name.length() && pair.charAt(name.length()) == '=') {
                try {
                    return URLDecoder.decode(pair.substring(name.length() + 1), StandardCharsets.UTF_8);
                } catch (IllegalArgumentException ignored) {
                    // Broken escapes come from outside: as good as nothing.
                    return null;
                }
            }
        }
        return null;
    }

    /** The first value of {@code name} as a number; {@code otherwise} without one, -1 if it is no number. */
    static int number(String query, String name, int otherwise) {
        String value = first(query, name);
        if (value == null) {
            return otherwise;
        }
        return value.matches("\\d{1,9}") ? Integer.parseInt(value) : -1;
    }
}
