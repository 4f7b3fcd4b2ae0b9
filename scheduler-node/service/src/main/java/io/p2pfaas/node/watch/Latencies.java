package io.p2pfaas.node.watch;

import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.Recorder;
import org.jspecify.annotations.Nullable;

/**
 * Latencies of the last seconds. Recording takes no lock; reading and {@link #tick} belong to one thread. To two
 * significant digits, up to an hour. Histograms grow with the largest value; a few kilobytes each.
 */
final class Latencies {
    private static final int DIGITS = 2;
    private static final long MAX_MICROS = TimeUnit.HOURS.toMicros(1);

    private final Recorder recorder = new Recorder(DIGITS);
    private final @Nullable Histogram[] ticks;
    private int next;

    /** @param window how many ticks are remembered */
    Latencies(int window) {
        ticks = new Histogram[window];
    }

    void record(long nanos) {
        recorder.recordValue(Math.min(MAX_MICROS, Math.max(0, TimeUnit.NANOSECONDS.toMicros(nanos))));
    }

    /** A tick is over. */
    void tick() {
        ticks[next] = recorder.getIntervalHistogram(ticks[next]);
        next = (next + 1) % ticks.length;
    }

    /** Those of the last {@code count} ticks. */
    Histogram last(int count) {
        Histogram all = new Histogram(DIGITS);
        for (int i = 1; i <= Math.min(count, ticks.length); i++) {
            Histogram tick = ticks[(next - i + ticks.length) % ticks.length];
            if (tick != null) {
                all.add(tick);
            }
        }
        return all;
    }

    /** The milliseconds below which this share of the values is; null if there are none. */
    static @Nullable Double millis(Histogram histogram, double percentile) {
        return histogram.getTotalCount() == 0
                ? null
                : (double) histogram.getValueAtPercentile(percentile) / TimeUnit.MILLISECONDS.toMicros(1);
    }
}
