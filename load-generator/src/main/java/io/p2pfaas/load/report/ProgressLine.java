package io.p2pfaas.load.report;

import io.p2pfaas.load.plan.Plan;
import io.p2pfaas.load.record.Progress;
import java.util.Locale;

/** One line on how far a run is. */
public final class ProgressLine {
    private ProgressLine() {}

    /** The line, without a line break. */
    public static String text(Plan plan, Progress progress) {
        boolean warming = progress.elapsedNanos() < plan.warmup().toNanos();
        return String.format(
                Locale.ROOT,
                "%s of %s%s  due %d  2xx %d  rejected %d  failed %d  in flight %d",
                Durations.seconds(progress.elapsedNanos()),
                Durations.seconds(plan.warmup().plus(plan.duration()).toNanos()),
                warming ? " (warm-up)" : "",
                progress.due(),
                progress.ok(),
                progress.rejected(),
                progress.failed(),
                progress.inFlight());
    }
}
