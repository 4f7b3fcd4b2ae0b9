package io.p2pfaas.load.cli;

import io.p2pfaas.load.campaign.Campaign;
import io.p2pfaas.load.plan.Point;
import io.p2pfaas.load.record.RunResult;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.IntSupplier;
import java.util.function.LongSupplier;

/**
 * What people see while an experiment runs: on a terminal one line that is written over, otherwise a line for each run
 * that ended. Any thread.
 */
final class CampaignProgress implements Campaign.Listener {
    private static final String OVERWRITE = "\r\033[K";

    private final PrintWriter out;
    private final boolean terminal;
    private final int threads;
    /** How long a run takes before one was seen; zero if that is unknown. */
    private final Duration expectedRun;

    private final LongSupplier nanoClock;
    private final long startNanos;
    private final LongAdder calls = new LongAdder();
    private final Set<String> running = new LinkedHashSet<>();
    private long lastEndNanos;
    private int done;
    private int failed;
    private IntSupplier leastLeft = () -> 0;

    CampaignProgress(PrintWriter out, boolean terminal, int threads, Duration expectedRun, LongSupplier nanoClock) {
        this.out = out;
        this.terminal = terminal;
        this.threads = threads;
        this.expectedRun = expectedRun;
        this.nanoClock = nanoClock;
        this.startNanos = nanoClock.getAsLong();
        this.lastEndNanos = startNanos;
    }

    /** Says who knows how many runs are left. */
    synchronized void watch(IntSupplier left) {
        leastLeft = left;
    }

    @Override
    public synchronized void onStarted(Point point, int repetition) {
        running.add(name(point, repetition));
    }

    @Override
    public void onCall() {
        calls.increment();
    }

    @Override
    public synchronized void onDone(RunResult result) {
        done++;
        Point point = new Point(result.point());
        running.remove(name(point, result.repetition()));
        lastEndNanos = nanoClock.getAsLong();
        if (!terminal) {
            out.printf(
                    Locale.ROOT,
                    "%s  %s  pB %s  (%d calls in %.1f s)%n",
                    summary(),
                    name(point, result.repetition()),
                    Numbers.share(result.pB()),
                    result.arrived(),
                    result.wallSeconds());
            out.flush();
        }
    }

    @Override
    public synchronized void onFailed(Point point, int repetition, String reason) {
        failed++;
        running.remove(name(point, repetition));
        lastEndNanos = nanoClock.getAsLong();
        out.printf("%sfailed: %s: %s%n", terminal ? OVERWRITE : "", name(point, repetition), reason);
        out.flush();
    }

    private static String name(Point point, int repetition) {
        return point + " #" + (repetition + 1);
    }

    /** Writes the line over; does nothing if nobody watches. */
    synchronized void redraw() {
        if (terminal) {
            out.print(OVERWRITE + line());
            out.flush();
        }
    }

    /** Takes the line away. */
    synchronized void clear() {
        if (terminal) {
            out.print(OVERWRITE);
            out.flush();
        }
    }

    /** The line, without a line break. */
    synchronized String line() {
        String now = running.isEmpty() ? "" : "  now " + running.iterator().next();
        String others = running.size() > 1 ? " and " + (running.size() - 1) + " more" : "";
        return summary() + "  calls " + calls.sum() + now + others;
    }

    private String summary() {
        int left = leastLeft.getAsInt();
        return "run " + (done + failed) + " of " + (done + failed + left) + "  ETA " + eta(left)
                + (failed > 0 ? "  failed " + failed : "");
    }

    /** From the pace so far. At least so long: wide intervals ask for more runs. */
    private String eta(int left) {
        long now = nanoClock.getAsLong();
        double perRun = done + failed == 0
                ? expectedRun.toNanos() / (double) threads
                : (lastEndNanos - startNanos) / (double) (done + failed);
        if (perRun == 0 && left > 0) {
            return "?";
        }
        double seconds = Math.max(0, left * perRun - (now - lastEndNanos)) / 1e9;
        return rounded(seconds);
    }

    private static String rounded(double seconds) {
        long whole = Math.round(seconds);
        if (whole < 120) {
            return whole + "s";
        }
        return whole < 7_200 ? Math.round(whole / 60.0) + "m" : String.format(Locale.ROOT, "%.1fh", whole / 3600.0);
    }
}
