package io.p2pfaas.node.call;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Durations as people write them: 100ms, 1.5s, 2m, 1h. */
public final class DurationText {
    private static final Pattern FORM = Pattern.compile("(\\d{1,12}(?:\\.\\d{1,9})?)(us|ms|s|m|h)");

    private DurationText() {}

    /**
     * The duration that {@code text} names, rounded to nanoseconds.
     *
     * @throws IllegalArgumentException with the text and what is allowed
     */
    public static Duration parse(String text) {
        Matcher matcher = FORM.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("not a duration: \"" + text
                    + "\"; allowed is a number with one of the units us, ms, s, m, h, for example 100ms, 1.5s, 2m");
        }
        long unitNanos = switch (matcher.group(2)) {
            case "us" -> 1_000L;
            case "ms" -> 1_000_000L;
            case "s" -> 1_000_000_000L;
            case "m" -> 60_000_000_000L;
            default -> 3_600_000_000_000L;
        };
        BigDecimal nanos = new BigDecimal(matcher.group(1))
                .multiply(BigDecimal.valueOf(unitNanos))
                .setScale(0, RoundingMode.HALF_UP);
        if (nanos.compareTo(BigDecimal.valueOf(Long.MAX_VALUE)) > 0) {
            throw new IllegalArgumentException("too long a duration: \"" + text + "\"; allowed is up to 292 years");
        }
        return Duration.ofNanos(nanos.longValueExact());
    }
}
