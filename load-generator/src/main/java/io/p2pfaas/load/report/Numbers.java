package io.p2pfaas.load.report;

import io.p2pfaas.load.record.Interval;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Locale;

/** Measured numbers for people: as many digits as the interval supports. */
final class Numbers {
    private static final int DIGITS = 4;
    private static final int MOST_DIGITS = 5;

    private Numbers() {}

    /** {@code 0.0780 ± 0.0012}; without an interval the mean alone, and nothing at all without a mean. */
    static String interval(Interval value) {
        return interval(value.mean(), value.halfWidth());
    }

    static String interval(double mean, double halfWidth) {
        if (Double.isNaN(mean)) {
            return "";
        }
        if (Double.isNaN(halfWidth) || halfWidth == 0) {
            return plain(mean) + (halfWidth == 0 ? " \u00b1 0" : "");
        }
        BigDecimal half = new BigDecimal(halfWidth).round(new MathContext(2, RoundingMode.HALF_UP));
        int decimals = Math.max(0, half.scale());
        if (mean != 0) {
            // A tiny interval does not make the seventh digit interesting.
            int most = MOST_DIGITS - 1 - (int) Math.floor(Math.log10(Math.abs(mean)));
            decimals = Math.max(0, Math.min(decimals, most));
        }
        return new BigDecimal(mean).setScale(decimals, RoundingMode.HALF_UP).toPlainString() + " \u00b1 "
                + half.setScale(decimals, decimals < half.scale() ? RoundingMode.CEILING : RoundingMode.HALF_UP)
                        .toPlainString();
    }

    /** To a tenth, with its sign. */
    static String percent(double value) {
        return String.format(Locale.ROOT, "%+.1f", value);
    }

    /** Four digits that count. */
    static String plain(double value) {
        if (Double.isNaN(value)) {
            return "";
        }
        if (value == 0) {
            return "0";
        }
        BigDecimal rounded = new BigDecimal(value).round(new MathContext(DIGITS, RoundingMode.HALF_UP));
        return (rounded.scale() < 0 ? rounded.setScale(0) : rounded.stripTrailingZeros()).toPlainString();
    }
}
