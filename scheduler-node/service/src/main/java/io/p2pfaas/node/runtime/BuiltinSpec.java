package io.p2pfaas.node.runtime;

import io.p2pfaas.core.model.DurationText;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What {@code builtin:NAME?key=value&key=value} says. Values are read strictly: every problem is an
 * IllegalArgumentException with the specification, what was found and what is allowed.
 */
final class BuiltinSpec {
    private static final String SCHEME = "builtin:";

    private final String text;
    private final String name;
    private final Map<String, String> parameters;

    private BuiltinSpec(String text, String name, Map<String, String> parameters) {
        this.text = text;
        this.name = name;
        this.parameters = parameters;
    }

    static BuiltinSpec parse(String text) {
        if (!text.startsWith(SCHEME)) {
            throw new IllegalArgumentException(
                    "not a built-in function: \"" + text + "\"; allowed is " + SCHEME + "NAME[?key=value&...]");
        }
        int mark = text.indexOf('?');
        String name = text.substring(SCHEME.length(), mark < 0 ? text.length() : mark);
        Map<String, String> parameters = new LinkedHashMap<>();
        if (mark >= 0) {
            for (String pair : text.substring(mark + 1).split("&", -1)) {
                int equals = pair.indexOf('=');
                if (equals < 1) {
                    throw new IllegalArgumentException("in \"" + text + "\": \"" + pair + "\" is not key=value");
                }
                if (parameters.put(pair.substring(0, equals), pair.substring(equals + 1)) != null) {
                    throw new IllegalArgumentException(
                            "in \"" + text + "\": " + pair.substring(0, equals) + " is given twice");
                }
            }
        }
        return new BuiltinSpec(text, name, parameters);
    }

    String name() {
        return name;
    }

    /** Says which parameters there are at all; to be called before reading any. */
    BuiltinSpec allowing(String... keys) {
        List<String> allowed = Arrays.asList(keys);
        for (String key : parameters.keySet()) {
            if (!allowed.contains(key)) {
                throw new IllegalArgumentException("in \"" + text + "\": unknown parameter " + key + "; allowed "
                        + (allowed.isEmpty() ? "are none" : "are " + String.join(", ", allowed)));
            }
        }
        return this;
    }

    boolean has(String key) {
        return parameters.containsKey(key);
    }

    Duration duration(String key, String otherwise) {
        try {
            return DurationText.parse(parameters.getOrDefault(key, otherwise));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("in \"" + text + "\": " + key + " is " + e.getMessage(), e);
        }
    }

    String oneOf(String key, String otherwise, String... choices) {
        String value = parameters.getOrDefault(key, otherwise);
        if (!Arrays.asList(choices).contains(value)) {
            throw refused(key, value, String.join(", ", choices));
        }
        return value;
    }

    long wholeNumber(String key, long otherwise, long least, long most) {
        String value = parameters.getOrDefault(key, Long.toString(otherwise));
        try {
            long number = Long.parseLong(value);
            if (number >= least && number <= most) {
                return number;
            }
        } catch (NumberFormatException ignored) {
            // Refused below like a number out of bounds.
        }
        throw refused(key, value, "a whole number from " + least + " to " + most);
    }

    double fraction(String key, double otherwise) {
        String value = parameters.getOrDefault(key, Double.toString(otherwise));
        try {
            double number = Double.parseDouble(value);
            if (number > 0 && number <= 1) {
                return number;
            }
        } catch (NumberFormatException ignored) {
            // Refused below like a number out of bounds.
        }
        throw refused(key, value, "a number above 0, up to 1");
    }

    private IllegalArgumentException refused(String key, String value, String allowed) {
        return new IllegalArgumentException(
                "in \"" + text + "\": " + key + " is \"" + value + "\"; allowed is " + allowed);
    }
}
