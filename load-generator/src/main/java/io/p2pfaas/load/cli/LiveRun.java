package io.p2pfaas.load.cli;

import io.p2pfaas.load.arrivals.Schedule;
import io.p2pfaas.load.live.Agenda;
import io.p2pfaas.load.live.HttpTransport;
import io.p2pfaas.load.live.Pace;
import io.p2pfaas.load.live.Runner;
import io.p2pfaas.load.live.SystemClock;
import io.p2pfaas.load.plan.Plan;
import io.p2pfaas.load.record.Outcome;
import io.p2pfaas.load.record.OutcomeCsv;
import io.p2pfaas.load.record.RunRecord;
import io.p2pfaas.load.report.ProgressLine;
import io.p2pfaas.load.report.RunTable;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One run as a command shows it: the runner on a pacing thread of its own, progress and table printed by the caller's
 * thread, since a terminal that stands still must not delay a call.
 */
final class LiveRun {
    private static final long TERMINAL_INTERVAL_MILLIS = 200;
    private static final long LOG_INTERVAL_MILLIS = 5_000;

    /** Longest that Ctrl-C waits for the table: the runner's moment for calls in flight, and printing. */
    private static final long FAREWELL_SECONDS = 10;

    private final Plan plan;
    private final Schedule schedule;
    private final @Nullable Path csv;
    private final PrintWriter out;

    LiveRun(Plan plan, Schedule schedule, @Nullable Path csv, PrintWriter out) {
        this.plan = plan;
        this.schedule = schedule;
        this.csv = csv;
        this.out = out;
    }

    /** Runs to the end and prints; returns the exit code of the command. */
    int call() throws IOException, InterruptedException, ExecutionException {
        List<Outcome> kept = new ArrayList<>();
        Consumer<Outcome> outcomes = csv == null ? outcome -> {} : kept::add;
        CountDownLatch printed = new CountDownLatch(1);
        try (Writer csvOut = csv == null ? Writer.nullWriter() : Files.newBufferedWriter(csv);
                HttpTransport transport = new HttpTransport(plan)) {
            Runner runner = new Runner(Pace.of(plan), Agenda.of(schedule), transport, new SystemClock(), outcomes);
            Thread farewell = new Thread(() -> stopAndAwait(runner, printed), "lab-farewell");
            Runtime.getRuntime().addShutdownHook(farewell);
            try {
                RunRecord run = runShowingProgress(runner);
                out.print(RunTable.text(plan, run));
                out.flush();
                if (csv != null) {
                    OutcomeCsv.write(kept, csvOut);
                    csvOut.flush();
                }
                return run.isAllConnectionErrors() ? 1 : 0;
            } finally {
                printed.countDown();
                removeHook(farewell);
            }
        }
    }

    private RunRecord runShowingProgress(Runner runner) throws InterruptedException, ExecutionException {
        FutureTask<RunRecord> run = new FutureTask<>(runner::run);
        Thread pacer = new Thread(run, "lab-pacer");
        pacer.setDaemon(true);
        pacer.start();
        boolean terminal = Terminal.isPresent();
        while (true) {
            try {
                RunRecord done =
                        run.get(terminal ? TERMINAL_INTERVAL_MILLIS : LOG_INTERVAL_MILLIS, TimeUnit.MILLISECONDS);
                out.print(terminal ? "\r\033[K" : "");
                return done;
            } catch (TimeoutException stillRunning) {
                String line = ProgressLine.text(plan, runner.progress());
                out.print(terminal ? "\r" + line + "\033[K" : line + "\n");
                out.flush();
            }
        }
    }

    private static void stopAndAwait(Runner runner, CountDownLatch printed) {
        runner.stop();
        try {
            if (!printed.await(FAREWELL_SECONDS, TimeUnit.SECONDS)) {
                System.err.println("the table was not ready in time");
            }
        } catch (InterruptedException ignored) {
            // Nobody interrupts this thread; if somebody does, the process may end at once.
        }
    }

    private static void removeHook(Thread hook) {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException ignored) {
            // The process is ending, because of Ctrl-C: the hook is running, and what it waits for has come.
        }
    }
}
