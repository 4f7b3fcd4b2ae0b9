package io.p2pfaas.load.plan;

import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * A kind of value in an experiment file. Bounds are inclusive.
 *
 * @param allowed in words
 * @param read throws IllegalArgumentException for what is not allowed; its message, if any, adds to {@code allowed}
 */
record ValueKind<T>(String allowed, Function<String, T> read) {
    private static final Pattern NUMBER = Pattern.compile("[+-]?([0-9]+(\\.[0-9]*)?|\\.[0-9]+)([eE][+-]?[0-9]+)?");

    static ValueKind<Integer> whole(int min, int max) {
        return new ValueKind<>("a whole number from " + min + " to " + max, text -> {
            int value;
            try {
                value = Integer.parseInt(text);
            } catch (NumberFormatException ignored) {
                throw new IllegalArgumentException("not a whole number in that range");
            }
            return within(value, value >= min, value <= max);
        });
    }

    static ValueKind<Long> seed() {
        return new ValueKind<>("a whole number of at most 64 bits", text -> {
            try {
                return Long.parseLong(text);
            } catch (NumberFormatException ignored) {
                throw new IllegalArgumentException("not such a number");
            }
        });
    }

    static ValueKind<Double> number(double min, double max) {
        return new ValueKind<>("a number from " + plain(min) + " to " + plain(max), text -> {
            double value = parseNumber(text);
            return within(value, value >= min, value <= max);
        });
    }

    static ValueKind<Double> above(double min, double max) {
        return new ValueKind<>("a number above " + plain(min) + ", up to " + plain(max), text -> {
            double value = parseNumber(text);
            return within(value, value > min, value <= max);
        });
    }

    static ValueKind<Duration> duration(String min, String max) {
        Duration least = TimeText.parse(min);
        Duration most = TimeText.parse(max);
        return new ValueKind<>(
                "a duration from " + min + " to " + max + " with one of the units us, ms, s, m, h", text -> {
                    if (NUMBER.matcher(text).matches()) {
                        throw new IllegalArgumentException("the unit is missing");
                    }
                    Duration value;
                    try {
                        value = TimeText.parse(text);
                    } catch (IllegalArgumentException ignored) {
                        throw new IllegalArgumentException("not a duration");
                    }
                    return within(value, value.compareTo(least) >= 0, value.compareTo(most) <= 0);
                });
    }

    static ValueKind<Boolean> truth() {
        return word(List.of("true", "false")).map(Boolean::valueOf);
    }

    static ValueKind<String> word(List<String> words) {
        return new ValueKind<>("one of " + String.join(", ", words), text -> {
            if (!words.contains(text)) {
                throw new IllegalArgumentException(Suggestion.closest(text, words)
                        .map(meant -> "did you mean " + meant + "?")
                        .orElse("not one of them"));
            }
            return text;
        });
    }

    static ValueKind<String> text(String regex, String allowed) {
        Pattern pattern = Pattern.compile(regex);
        return new ValueKind<>(allowed, text -> {
            if (!pattern.matcher(text).matches()) {
                throw new IllegalArgumentException("not of that form");
            }
            return text;
        });
    }

    /** Any text, also an empty one. */
    static ValueKind<String> anyText() {
        return new ValueKind<>("text", text -> text);
    }

    /** The value of a text. */
    T parse(String text) {
        return read.apply(text);
    }

    <R> ValueKind<R> map(Function<T, R> function) {
        return new ValueKind<>(allowed, text -> function.apply(read.apply(text)));
    }

    private static double parseNumber(String text) {
        if (!NUMBER.matcher(text).matches()) {
            throw new IllegalArgumentException("not a number");
        }
        return Double.parseDouble(text);
    }

    private static <T> T within(T value, boolean largeEnough, boolean smallEnough) {
        if (!largeEnough || !smallEnough) {
            throw new IllegalArgumentException(largeEnough ? "too large" : "too small");
        }
        return value;
    }

    private static String plain(double number) {
        return number == Math.rint(number) && Math.abs(number) < 1e15
                ? Long.toString((long) number)
                : Double.toString(number);
    }
}
