package io.p2pfaas.load.report;

import java.math.BigDecimal;
import java.util.Comparator;
import java.util.OptionalDouble;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The value of a setting as a number, where it is one: {@code 0.9}, {@code 64}, {@code 20ms}. */
public final class SettingValue {
    private static final Pattern NUMBER =
            Pattern.compile("([+-]?[0-9]*\\.?[0-9]+(?:[eE][+-]?[0-9]+)?)\\s*(ns|us|ms|s|m|h|)");

    /** Numbers by size and before words, words by their letters. */
    static final Comparator<String> ORDER = (a, b) -> {
        OptionalDouble left = number(a);
        OptionalDouble right = number(b);
        if (left.isPresent() && right.isPresent() && left.getAsDouble() != right.getAsDouble()) {
            return Double.compare(left.getAsDouble(), right.getAsDouble());
        }
        return left.isPresent() == right.isPresent() ? a.compareTo(b) : left.isPresent() ? -1 : 1;
    };

    private SettingValue() {}

    /** The number; durations in milliseconds. */
    public static OptionalDouble number(String text) {
        Matcher matcher = NUMBER.matcher(text.strip());
        if (!matcher.matches()) {
            return OptionalDouble.empty();
        }
        double millis = switch (matcher.group(2)) {
            case "ns" -> 1e-6;
            case "us" -> 1e-3;
            case "s" -> 1e3;
            case "m" -> 60e3;
            case "h" -> 3600e3;
            default -> 1;
        };
        return OptionalDouble.of(new BigDecimal(matcher.group(1)).doubleValue() * millis);
    }

    /** Whether it names a unit of time. */
    static boolean isDuration(String text) {
        Matcher matcher = NUMBER.matcher(text.strip());
        return matcher.matches() && !matcher.group(2).isEmpty();
    }
}
