package io.p2pfaas.node.config;

import io.p2pfaas.core.model.DurationText;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Kinds of values that are amounts. Bounds are inclusive. */
final class Quantities {
    private Quantities() {}

    /** A whole number. */
    record WholeNumber(int min, int max) implements ValueKind<Integer> {
        @Override
        public String placeholder() {
            return "NUMBER";
        }

        @Override
        public String allowed() {
            return "a whole number from " + min + " to " + max;
        }

        @Override
        public Integer parse(String text) {
            int value;
            try {
                value = Integer.parseInt(text);
            } catch (NumberFormatException ignored) {
                // Its text says no more than ours.
                throw new IllegalArgumentException("not a whole number in that range");
            }
            requireWithin(value >= min, value <= max);
            return value;
        }
    }

    /** Bytes, written with or without a unit. {@code zero} says what 0 stands for, empty if it has no meaning. */
    record ByteSize(String min, String max, String zero) implements ValueKind<Long> {
        private static final Pattern FORM = Pattern.compile("(\\d{1,15})(B|[kK]B|MB|GB|KiB|MiB|GiB)?");

        ByteSize(String min, String max) {
            this(min, max, "");
        }

        @Override
        public String placeholder() {
            return "SIZE";
        }

        @Override
        public String allowed() {
            return "a size from " + min + " to " + max + ", in bytes or with one of the units KiB, MiB, GiB, kB, MB, GB"
                    + (zero.isEmpty() ? "" : ", or 0 = " + zero);
        }

        @Override
        public Long parse(String text) {
            long bytes = bytes(text);
            if (bytes != 0 || zero.isEmpty()) {
                requireWithin(bytes >= bytes(min), bytes <= bytes(max));
            }
            return bytes;
        }

        private static long bytes(String text) {
            Matcher matcher = FORM.matcher(text);
            if (!matcher.matches()) {
                throw new IllegalArgumentException("not a size");
            }
            String unit = matcher.group(2);
            long unitBytes = switch (unit == null ? "B" : unit) {
                case "KiB" -> 1L << 10;
                case "MiB" -> 1L << 20;
                case "GiB" -> 1L << 30;
                case "kB", "KB" -> 1_000L;
                case "MB" -> 1_000_000L;
                case "GB" -> 1_000_000_000L;
                default -> 1L;
            };
            try {
                return Math.multiplyExact(Long.parseLong(matcher.group(1)), unitBytes);
            } catch (ArithmeticException ignored) {
                // More than a long holds is more than any bound here.
                return Long.MAX_VALUE;
            }
        }
    }

    /** A duration; {@code wholeSeconds} where a protocol has no finer step. */
    record TimeSpan(String min, String max, boolean wholeSeconds) implements ValueKind<Duration> {
        TimeSpan(String min, String max) {
            this(min, max, false);
        }

        @Override
        public String placeholder() {
            return "DURATION";
        }

        @Override
        public String allowed() {
            return "a duration from " + min + " to " + max + (wholeSeconds ? " in whole seconds" : "")
                    + ", a number with one of the units us, ms, s, m, h";
        }

        @Override
        public Duration parse(String text) {
            Duration value;
            try {
                value = DurationText.parse(text);
            } catch (IllegalArgumentException ignored) {
                // Its text repeats the value and what is allowed; both are reported anyway.
                throw new IllegalArgumentException("not a duration");
            }
            requireWithin(value.compareTo(DurationText.parse(min)) >= 0, value.compareTo(DurationText.parse(max)) <= 0);
            if (wholeSeconds && value.toNanosPart() != 0) {
                throw new IllegalArgumentException("not whole seconds");
            }
            return value;
        }
    }

    /** A truth value. */
    record YesOrNo() implements ValueKind<Boolean> {
        @Override
        public String placeholder() {
            return "true|false";
        }

        @Override
        public String allowed() {
            return "true or false";
        }

        @Override
        public Boolean parse(String text) {
            return switch (text) {
                case "true" -> true;
                case "false" -> false;
                default -> throw new IllegalArgumentException("neither true nor false");
            };
        }
    }

    private static void requireWithin(boolean notBelow, boolean notAbove) {
        if (!notBelow) {
            throw new IllegalArgumentException("too small");
        }
        if (!notAbove) {
            throw new IllegalArgumentException("too large");
        }
    }
}
