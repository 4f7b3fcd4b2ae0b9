package io.p2pfaas.load.report.export;

import io.p2pfaas.load.record.HistogramText;
import io.p2pfaas.load.record.RunResult;
import java.io.FileNotFoundException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramLogWriter;

/**
 * Latencies in the log format of HdrHistogram, for its HistogramLogProcessor and plotter: an interval per repetition,
 * one after the other in time. With more than one point each carries a tag, which HistogramLogProcessor chooses by
 * {@code -tag}.
 */
public final class LatencyLog {
    private static final Pattern UNSAFE = Pattern.compile("[^A-Za-z0-9._=()-]+");
    private static final double NANOS_PER_MILLI = 1e6;

    private LatencyLog() {}

    /**
     * Writes the log; values are in nanoseconds, the maximum of each line in milliseconds.
     *
     * @return how many repetitions are in it; those without any answer are not
     */
    public static int write(List<RunResult> runs, Path file) throws FileNotFoundException {
        boolean tagged = runs.stream().map(LatencyLog::tag).distinct().count() > 1;
        int written = 0;
        HistogramLogWriter log = new HistogramLogWriter(file.toFile());
        try {
            log.outputComment("[latency from the due time, one line per repetition; made by lab export]");
            log.outputLogFormatVersion();
            log.outputStartTime(0);
            log.outputLegend();
            double start = 0;
            for (RunResult run : runs) {
                double end = start + run.measuredNanos() / 1e9;
                Histogram latency = HistogramText.parse(run.latency());
                if (latency.getTotalCount() > 0) {
                    latency.setTag(tagged ? tag(run) : null);
                    log.outputIntervalHistogram(start, end, latency, NANOS_PER_MILLI);
                    written++;
                }
                start = end;
            }
        } finally {
            log.close();
        }
        return written;
    }

    /** Commas and spaces would end a tag. */
    private static String tag(RunResult run) {
        StringBuilder tag = new StringBuilder(run.world().name().toLowerCase(Locale.ROOT));
        new TreeMap<>(run.point())
                .forEach((axis, value) ->
                        tag.append('_').append(axis).append('=').append(value));
        return UNSAFE.matcher(tag).replaceAll("-");
    }
}
