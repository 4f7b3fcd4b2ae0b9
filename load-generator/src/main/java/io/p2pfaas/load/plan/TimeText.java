package io.p2pfaas.load.plan;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Durations as people write them: {@code 500ms}, {@code 1.5s}, {@code 2m}, {@code 1h}. A unit is required. */
public final class TimeText {
    private static final Pattern FORM = Pattern.compile("([0-9]{1,9}(?:\\.[0-9]{1,9})?)(us|ms|s|m|h)");
    private static final String[] UNITS = {"h", "m", "s", "ms", "us"};

    private TimeText() {}

    /**
     * Reads one.
     *
     * @throws IllegalArgumentException when it is not one
     */
    public static Duration parse(String text) {
        Matcher matcher = FORM.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException(
                    "'" + text + "' is not a duration; a number and one of us, ms, s, m, h, for example 10s");
        }
        return Duration.ofNanos(Math.round(Double.parseDouble(matcher.group(1)) * nanosPer(matcher.group(2))));
    }

    /** Writes one in the largest unit that makes it a number of at least 1: {@code 90s} is {@code 1.5m}. */
    public static String of(Duration duration) {
        long nanos = duration.toNanos();
        for (String unit : UNITS) {
            if (Math.abs(nanos) >= nanosPer(unit)) {
                BigDecimal number = BigDecimal.valueOf(nanos / nanosPer(unit)).stripTrailingZeros();
                // A minute and a third has endless digits; then the next smaller unit says it exactly.
                if (number.scale() <= 3) {
                    return number.toPlainString() + unit;
                }
            }
        }
        return nanos == 0 ? "0s" : BigDecimal.valueOf(nanos / 1e3).toPlainString() + "us";
    }

    private static double nanosPer(String unit) {
        return switch (unit) {
            case "us" -> 1e3;
            case "ms" -> 1e6;
            case "s" -> 1e9;
            case "m" -> 60e9;
            default -> 3600e9;
        };
    }
}
