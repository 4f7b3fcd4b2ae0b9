package io.p2pfaas.load.cli;

import java.util.Locale;

/** Numbers in tables; an unknown one is a dash. */
final class Numbers {
    private Numbers() {}

    /** Shares small and large: four digits that matter. */
    static String share(double value) {
        if (Double.isNaN(value)) {
            return "-";
        }
        return value != 0 && Math.abs(value) < 1e-4
                ? String.format(Locale.ROOT, "%.2e", value)
                : String.format(Locale.ROOT, "%.4f", value);
    }

    static String fixed(double value, int digits) {
        return Double.isNaN(value) ? "-" : String.format(Locale.ROOT, "%." + digits + "f", value);
    }

    static String millis(double nanos) {
        return fixed(nanos / 1e6, 1);
    }
}
