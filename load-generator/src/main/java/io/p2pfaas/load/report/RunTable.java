package io.p2pfaas.load.report;

import io.p2pfaas.load.plan.Plan;
import io.p2pfaas.load.record.EndState;
import io.p2pfaas.load.record.RunRecord;
import io.p2pfaas.load.record.Tally;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import org.HdrHistogram.Histogram;

/** The final table of one run. Lines are separated by {@code \n}. */
public final class RunTable {
    private static final double[] PERCENTILES = {50, 90, 99, 99.9};
    private static final double LATE_NANOS = 10e6;
    private static final double LATE_SHARE_OF_LATENCY = 0.1;

    private final Plan plan;
    private final RunRecord run;
    private final Tally tally;
    private final List<String> lines = new ArrayList<>();

    private RunTable(Plan plan, RunRecord run) {
        this.plan = plan;
        this.run = run;
        this.tally = run.measured();
    }

    /** The table, its warnings included. */
    public static String text(Plan plan, RunRecord run) {
        RunTable table = new RunTable(plan, run);
        table.rates();
        table.states();
        table.latencies();
        table.warnings();
        return String.join("\n", table.lines) + "\n";
    }

    private void rates() {
        double seconds = run.measuredFor().toNanos() / 1e9;
        double sendingSeconds =
                Math.max(seconds, (tally.lastSentNanos() - plan.warmup().toNanos()) / 1e9);
        row("offered rate", "%.1f/s", plan.arrivals().ratePerSecond());
        row("measured for", "%.1f s%s", seconds, run.endedEarly() ? " (ended early)" : "");
        row("due", "%d (%s)", tally.due(), perSecond(tally.due(), seconds));
        row("sent", "%d (%s)", tally.sent(), perSecond(tally.sent(), sendingSeconds));
        if (run.warmup().due() > 0) {
            row("warm-up", "%d calls, not counted here", run.warmup().due());
        }
    }

    private static String perSecond(long calls, double seconds) {
        return seconds > 0 ? String.format(Locale.ROOT, "%.1f/s", calls / seconds) : "-";
    }

    private void states() {
        lines.add("");
        for (EndState state : EndState.values()) {
            long calls = tally.ended(state);
            if (calls > 0 || state != EndState.CUT_OFF) {
                row(state.label(), "%d%s", calls, share(calls));
            }
        }
        row("due = sum of states", "%d = %d %s", tally.due(), tally.ended(), run.isBalanced() ? "ok" : "VIOLATED");
        OptionalDouble loss = tally.lossProbability();
        row("pB (rejected / sent)", "%s", loss.isPresent() ? number("%.5f", loss.getAsDouble()) : "-");
        block("status", tally.statuses());
        block("2xx executed by", tally.executors());
        block("connection errors", tally.failures());
    }

    private String share(long calls) {
        return calls == 0 ? "" : number(" (%.2f %%)", 100.0 * calls / tally.due());
    }

    private void block(String title, Map<?, Long> counts) {
        counts.forEach((key, calls) -> row(title + " " + printable(key.toString()), "%d", calls));
    }

    /** Texts of the transport may quote what a server sent. */
    private static String printable(String text) {
        return text.replaceAll("[^\\x20-\\x7e]", "?");
    }

    private void latencies() {
        lines.add("");
        lines.add("latency from the due time, ms");
        lines.add(cells("", "calls", "mean", "p50", "p90", "p99", "p99.9", "max"));
        for (EndState state : EndState.values()) {
            latencyRow(state.label(), tally.latency(state));
        }
        latencyRow("send lag", tally.sendLag());
    }

    private void latencyRow(String label, Histogram histogram) {
        if (histogram.getTotalCount() == 0) {
            return;
        }
        List<Object> cells = new ArrayList<>();
        cells.add(histogram.getTotalCount());
        cells.add(Durations.millis(Math.round(histogram.getMean())));
        for (double percentile : PERCENTILES) {
            cells.add(Durations.millis(histogram.getValueAtPercentile(percentile)));
        }
        cells.add(Durations.millis(histogram.getMaxValue()));
        lines.add(cells(label, cells.toArray()));
    }

    private void warnings() {
        long lag = tally.sendLag().getValueAtPercentile(99);
        double meanLatency = tally.latencyOfSent().getMean();
        if (tally.sent() > 0 && (lag > LATE_NANOS || lag > LATE_SHARE_OF_LATENCY * meanLatency)) {
            warn(
                    "send lag p99 is %s ms at a mean latency of %s ms: the generator itself was late, and its lag is part"
                            + " of the latencies above. Lower the rate, or run it on a machine of its own.",
                    Durations.millis(lag), Durations.millis(Math.round(meanLatency)));
        }
        if (tally.ended(EndState.NOT_SENT) > 0) {
            warn(
                    "%d calls were not sent because %d were in flight: the load was lower than offered.",
                    tally.ended(EndState.NOT_SENT), plan.maxInFlight());
        }
        if (tally.ended(EndState.TIMEOUT) > 0) {
            warn(
                    "the 2xx percentiles leave out %d calls that took longer than the timeout.",
                    tally.ended(EndState.TIMEOUT));
        }
        if (!run.isBalanced()) {
            warn("calls were lost in the accounting; the numbers above cannot be trusted.");
        }
    }

    private void warn(String format, Object... args) {
        if (lines.stream().noneMatch(line -> line.startsWith("warning"))) {
            lines.add("");
        }
        lines.add("warning: " + number(format, args));
    }

    private void row(String label, String format, Object... args) {
        lines.add(number("%-26s ", label) + number(format, args));
    }

    private static String cells(String label, Object... cells) {
        StringBuilder line = new StringBuilder(number("%-26s", label));
        for (Object cell : cells) {
            line.append(number(" %11s", cell));
        }
        return line.toString();
    }

    private static String number(String format, Object... args) {
        return String.format(Locale.ROOT, format, args);
    }
}
