package io.p2pfaas.core.model;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Durations as people and Go programs write them: 100ms, 1.5s, 2m, 1h, 1m30s. */
public final class DurationText {
    /** Possessive: with a plain + Java's matcher goes one call deeper for each part, and callers send long texts. */
    private static final Pattern FORM = Pattern.compile("(?:\\d{1,12}(?:\\.\\d{1,9})?(?:ns|us|ms|s|m|h))++");

    private static final Pattern PART = Pattern.compile("(\\d+(?:\\.\\d+)?)(ns|us|ms|s|m|h)");
    private static final String[] SMALL_UNITS = {"s", "ms", "us", "ns"};

    private DurationText() {}

    /**
     * The duration that {@code text} names, rounded to nanoseconds.
     *
     * @throws IllegalArgumentException with the text and what is allowed
     */
    public static Duration parse(String text) {
        if (!FORM.matcher(text).matches()) {
            throw new IllegalArgumentException("not a duration: \"" + text
                    + "\"; allowed is a number with one of the units us, ms, s, m, h, for example 100ms, 1.5s, 2m");
        }
        BigDecimal nanos = BigDecimal.ZERO;
        Matcher part = PART.matcher(text);
        while (part.find()) {
            nanos = nanos.add(new BigDecimal(part.group(1)).multiply(BigDecimal.valueOf(nanosPer(part.group(2)))));
        }
        BigDecimal rounded = nanos.setScale(0, RoundingMode.HALF_UP);
        if (rounded.compareTo(BigDecimal.valueOf(Long.MAX_VALUE)) > 0) {
            throw new IllegalArgumentException("too long a duration: \"" + text + "\"; allowed is up to 292 years");
        }
        return Duration.ofNanos(rounded.longValueExact());
    }

    /** Writes it as Go does: 250us, 10ms, 1.5s, 1m30s, 1h0m0s. */
    public static String of(Duration duration) {
        long seconds = duration.toSeconds();
        if (seconds < 60) {
            return small(duration.toNanos());
        }
        String text = duration.toMinutesPart() + "m"
                + small(duration.minusMinutes(duration.toMinutes()).toNanos());
        return duration.toHours() > 0 ? duration.toHours() + "h" + text : text;
    }

    private static String small(long nanos) {
        for (String unit : SMALL_UNITS) {
            if (nanos >= nanosPer(unit)) {
                return BigDecimal.valueOf(nanos)
                                .divide(BigDecimal.valueOf(nanosPer(unit)))
                                .stripTrailingZeros()
                                .toPlainString()
                        + unit;
            }
        }
        return "0s";
    }

    private static long nanosPer(String unit) {
        return switch (unit) {
            case "ns" -> 1L;
            case "us" -> 1_000L;
            case "ms" -> 1_000_000L;
            case "s" -> 1_000_000_000L;
            case "m" -> 60_000_000_000L;
            default -> 3_600_000_000_000L;
        };
    }
}
