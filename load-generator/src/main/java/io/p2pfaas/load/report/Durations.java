package io.p2pfaas.load.report;

import java.util.Locale;

/** Durations for people. */
final class Durations {
    private Durations() {}

    /** In milliseconds, to the microsecond. */
    static String millis(long nanos) {
        return String.format(Locale.ROOT, "%.3f", nanos / 1e6);
    }

    /** In seconds, to the tenth. */
    static String seconds(long nanos) {
        return String.format(Locale.ROOT, "%.1f s", nanos / 1e9);
    }
}
