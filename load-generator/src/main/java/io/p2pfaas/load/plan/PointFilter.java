package io.p2pfaas.load.plan;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Which points of a grid are meant: those with these values on these axes.
 *
 * @param values by axis name
 */
public record PointFilter(Map<String, String> values) {
    /** Every point. */
    public static final PointFilter ALL = new PointFilter(Map.of());

    public PointFilter {
        values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
    }

    /**
     * Reads {@code scheduler=PowerOfNScheduler(1,3,true,1),rho=0.9}; commas in parentheses are no separators.
     *
     * @throws IllegalArgumentException if it is something else
     */
    public static PointFilter parse(String text) {
        Map<String, String> values = new LinkedHashMap<>();
        for (String part : split(text)) {
            int equals = part.indexOf('=');
            if (equals < 1) {
                throw new IllegalArgumentException(
                        "'" + part + "' is not AXIS=VALUE; for example scheduler=BrokerMatch,rho=0.9");
            }
            String axis = part.substring(0, equals).strip();
            if (values.putIfAbsent(axis, part.substring(equals + 1).strip()) != null) {
                throw new IllegalArgumentException(axis + " is given twice in '" + text + "'");
            }
        }
        return new PointFilter(values);
    }

    /** Splits at commas outside of parentheses. */
    static List<String> split(String text) {
        List<String> parts = new ArrayList<>();
        int depth = 0;
        int start = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            depth += c == '(' ? 1 : c == ')' ? -1 : 0;
            if (c == ',' && depth <= 0) {
                parts.add(text.substring(start, i).strip());
                start = i + 1;
            }
        }
        parts.add(text.substring(start).strip());
        return parts;
    }

    /** Whether a point has all the values; numbers are compared as numbers, spaces do not matter. */
    public boolean matches(Point point) {
        return values.entrySet().stream()
                .allMatch(wanted -> isSame(wanted.getValue(), point.settings().getOrDefault(wanted.getKey(), "")));
    }

    /**
     * Checks that every value occurs in a grid.
     *
     * @throws IllegalArgumentException if one does not; the message has those that do
     */
    public void checkAgainst(Grid grid) {
        values.forEach((name, value) -> {
            Grid.Axis axis = grid.axes().stream()
                    .filter(candidate -> candidate.name().equals(name))
                    .findFirst()
                    .orElseThrow(() -> new IllegalArgumentException("the grid has no axis '" + name + "', it has "
                            + String.join(
                                    ", ",
                                    grid.axes().stream().map(Grid.Axis::name).toList())));
            if (axis.values().stream().noneMatch(has -> isSame(value, has))) {
                throw new IllegalArgumentException("the axis " + name + " has no value '" + value + "', it has "
                        + String.join(", ", axis.values()));
            }
        });
    }

    static boolean isSame(String one, String other) {
        return meaning(one).equals(meaning(other));
    }

    /** What is equal for values that are the same: a number, or the text without its blanks. */
    static Object meaning(String value) {
        String text = value.replace(" ", "");
        try {
            // Minus zero is zero.
            return Double.parseDouble(text) + 0.0;
        } catch (NumberFormatException ignored) {
            // No number, so the text says what it means.
            return text;
        }
    }
}
