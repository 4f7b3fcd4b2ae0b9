package io.p2pfaas.load.campaign;

import io.p2pfaas.load.plan.Experiment;
import io.p2pfaas.load.plan.Point;
import io.p2pfaas.load.plan.PointFilter;
import io.p2pfaas.load.record.Outcome;
import io.p2pfaas.load.record.RunResult;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Carries out an experiment in a world: every point as often as its {@link RepetitionRule} asks. Each result is on disk
 * before its run counts as done, so the process may be killed at any moment and another one goes on.
 */
public final class Campaign {
    private static final long FLUSH_MILLIS = 500;

    private final Experiment experiment;
    private final World world;
    private final ResultFolder folder;
    private final Options options;
    private final Listener listener;
    private final Agenda agenda;
    private final Set<CallLog> openLogs = ConcurrentHashMap.newKeySet();
    private final List<String> failures = new ArrayList<>();

    /**
     * How to go about it.
     *
     * @param threads runs at once; more than one for a world only that can run in parallel, as simulations can
     * @param only the points that are meant
     * @param keepCalls whether every call is written down
     */
    public record Options(int threads, PointFilter only, boolean keepCalls) {
        public Options {
            if (threads < 1) {
                throw new IllegalArgumentException("threads must be at least 1: " + threads);
            }
        }
    }

    /** Told what goes on; from several threads if there are several. Must not block. */
    public interface Listener {
        void onStarted(Point point, int repetition);

        void onCall();

        void onDone(RunResult result);

        void onFailed(Point point, int repetition, String reason);
    }

    /**
     * What came out.
     *
     * @param summaries of the points that have results, in the order of the grid
     * @param failures runs that could not take place, in words
     */
    public record Result(List<PointSummary> summaries, List<GateResult> gates, List<String> failures) {
        public Result {
            summaries = List.copyOf(summaries);
            gates = List.copyOf(gates);
            failures = List.copyOf(failures);
        }

        /** Whether every run took place and no gate failed. */
        public boolean isPassed() {
            return failures.isEmpty() && gates.stream().noneMatch(gate -> gate.verdict() == GateResult.Verdict.FAIL);
        }
    }

    public Campaign(Experiment experiment, World world, ResultFolder folder, Options options, Listener listener) {
        this.experiment = experiment;
        this.world = world;
        this.folder = folder;
        this.options = options;
        this.listener = listener;
        List<Point> points = experiment.grid().points().stream()
                .filter(options.only()::matches)
                .toList();
        this.agenda = new Agenda(experiment.run(), points, folder.earlier());
    }

    /** Runs that are needed at least, besides those that are done; more if intervals stay wide. Any thread. */
    public int leastLeft() {
        return agenda.leastLeft();
    }

    /** Runs everything that is missing, and returns when it is there. */
    public Result run() throws IOException, InterruptedException {
        ScheduledExecutorService flusher = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, "lab-flusher");
            thread.setDaemon(true);
            return thread;
        });
        // CallLog.flush keeps its problems to itself until the log is closed, so the next flush still happens.
        Future<?> unused = flusher.scheduleWithFixedDelay(
                () -> openLogs.forEach(CallLog::flush), FLUSH_MILLIS, FLUSH_MILLIS, TimeUnit.MILLISECONDS);
        try {
            runOnThreads();
        } finally {
            flusher.shutdownNow();
        }
        List<PointSummary> summaries = new ArrayList<>();
        for (Map.Entry<Point, List<RunResult>> entry : agenda.results().entrySet()) {
            if (!entry.getValue().isEmpty()) {
                summaries.add(new PointSummary(experiment, entry.getKey(), entry.getValue()));
            }
        }
        List<GateResult> gates = GateResult.of(experiment.gates(), summaries);
        folder.gates(gates);
        synchronized (failures) {
            return new Result(summaries, gates, failures);
        }
    }

    private void runOnThreads() throws InterruptedException, IOException {
        List<Thread> threads = new ArrayList<>();
        List<Throwable> broken = Collections.synchronizedList(new ArrayList<>());
        for (int i = 1; i <= options.threads(); i++) {
            Thread thread = new Thread(this::work, "lab-run-" + i);
            thread.setUncaughtExceptionHandler((dead, problem) -> {
                broken.add(problem);
                agenda.stop();
            });
            threads.add(thread);
            thread.start();
        }
        try {
            for (Thread thread : threads) {
                thread.join();
            }
        } catch (InterruptedException interrupted) {
            agenda.stop();
            threads.forEach(Thread::interrupt);
            throw interrupted;
        }
        if (!broken.isEmpty()) {
            throw new IOException("a run broke off: " + broken.get(0), broken.get(0));
        }
    }

    private void work() {
        try {
            for (Optional<Agenda.Run> run = agenda.take(); run.isPresent(); run = agenda.take()) {
                carryOut(run.get());
            }
        } catch (InterruptedException ignored) {
            // The campaign is given up; what is done is on disk.
            Thread.currentThread().interrupt();
        }
    }

    private void carryOut(Agenda.Run run) {
        listener.onStarted(run.point(), run.repetition());
        try {
            RunResult result = runKeepingCalls(run);
            folder.add(result);
            agenda.onDone(run, result);
            listener.onDone(result);
        } catch (World.RunFailed | IOException failed) {
            // The message of a failed disk is often a path and nothing else; its class says what is wrong with it.
            String reason = failed instanceof IOException ? failed.toString() : String.valueOf(failed.getMessage());
            synchronized (failures) {
                failures.add(run.point() + ", repetition " + (run.repetition() + 1) + ": " + reason);
            }
            agenda.onFailed(run);
            listener.onFailed(run.point(), run.repetition(), reason);
        }
    }

    private RunResult runKeepingCalls(Agenda.Run run) throws World.RunFailed, IOException {
        if (!options.keepCalls()) {
            return world.run(experiment, run.point(), run.repetition(), outcome -> listener.onCall());
        }
        CallLog log = folder.calls(run.point(), run.repetition());
        openLogs.add(log);
        try (log) {
            Consumer<Outcome> both = log.andThen(outcome -> listener.onCall());
            return world.run(experiment, run.point(), run.repetition(), both);
        } finally {
            openLogs.remove(log);
        }
    }
}
