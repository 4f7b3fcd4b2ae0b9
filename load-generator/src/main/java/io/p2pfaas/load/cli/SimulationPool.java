package io.p2pfaas.load.cli;

import io.p2pfaas.load.campaign.World;
import io.p2pfaas.load.plan.Experiment;
import io.p2pfaas.load.plan.Point;
import io.p2pfaas.load.record.RunResult;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * Simulates all repetitions of all points on a few threads, and gives out the results of each point in the order of the
 * points, whatever the order in which they were ready.
 */
final class SimulationPool {
    private static final long LONG_NANOS = 3_000_000_000L;

    private final World world;
    private final int threads;
    private final PrintWriter progress;
    private final LongSupplier clock;

    /**
     * @param progress a line with an estimate of the end, every three seconds
     * @param clock monotonic, in nanoseconds
     */
    SimulationPool(World world, int threads, PrintWriter progress, LongSupplier clock) {
        this.world = world;
        this.threads = threads;
        this.progress = progress;
        this.clock = clock;
    }

    /** What is to be simulated: an experiment at a point. */
    record Task(Experiment experiment, Point point) {}

    /**
     * Blocks until all is done.
     *
     * @param finished told the repetitions of each task, on the calling thread
     * @throws World.RunFailed if a point cannot be simulated
     */
    void run(List<Task> tasks, int repetitions, Consumer<List<RunResult>> finished)
            throws World.RunFailed, InterruptedException {
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        AtomicInteger done = new AtomicInteger();
        long startNanos = clock.getAsLong();
        try {
            List<List<Future<RunResult>>> all = new ArrayList<>();
            for (Task task : tasks) {
                List<Future<RunResult>> futures = new ArrayList<>();
                for (int repetition = 0; repetition < repetitions; repetition++) {
                    int number = repetition;
                    futures.add(pool.submit(() -> {
                        RunResult result = world.run(task.experiment(), task.point(), number, outcome -> {});
                        done.incrementAndGet();
                        return result;
                    }));
                }
                all.add(futures);
            }
            int total = tasks.size() * repetitions;
            for (List<Future<RunResult>> futures : all) {
                List<RunResult> results = new ArrayList<>();
                for (Future<RunResult> future : futures) {
                    results.add(await(future, done, total, startNanos));
                }
                finished.accept(results);
            }
        } finally {
            pool.shutdownNow();
        }
    }

    private RunResult await(Future<RunResult> future, AtomicInteger done, int total, long startNanos)
            throws World.RunFailed, InterruptedException {
        while (true) {
            try {
                return future.get(LONG_NANOS, TimeUnit.NANOSECONDS);
            } catch (TimeoutException ignored) {
                // It takes long: say so, and wait on.
                progress.println(progressLine(done.get(), total, clock.getAsLong() - startNanos));
                progress.flush();
            } catch (ExecutionException failed) {
                if (failed.getCause() instanceof World.RunFailed cause) {
                    throw cause;
                }
                throw new IllegalStateException(failed.getCause());
            }
        }
    }

    static String progressLine(int done, int total, long elapsedNanos) {
        long seconds = TimeUnit.NANOSECONDS.toSeconds(elapsedNanos);
        String left = done == 0 ? "unknown" : seconds * (total - done) / done + " s";
        return "simulated " + done + " of " + total + " runs in " + seconds + " s, time left: " + left;
    }
}
