package io.p2pfaas.load.live;

import io.p2pfaas.load.live.cluster.Cluster;
import io.p2pfaas.load.plan.Experiment.FaultSpec;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Carries out the faults of an experiment at their times, on a thread of its own: pacing must not wait for a kill. */
final class FaultThread implements AutoCloseable {
    private static final long NANOS_PER_MILLI = 1_000_000;

    private final List<FaultSpec> faults;
    private final Cluster cluster;
    private final PrintWriter log;
    private final long measurementStartNanos;
    private final Thread thread = new Thread(this::run, "lab-faults");
    private volatile @Nullable String problem;

    /**
     * Begins to wait for the first fault.
     *
     * @param measurementStartNanos what the times of faults count from, an instant of {@link System#nanoTime}
     */
    FaultThread(List<FaultSpec> faults, Cluster cluster, long measurementStartNanos, PrintWriter log) {
        this.faults = new ArrayList<>(faults);
        this.faults.sort(Comparator.comparing(FaultSpec::at));
        this.cluster = cluster;
        this.measurementStartNanos = measurementStartNanos;
        this.log = log;
        thread.setDaemon(true);
        thread.start();
    }

    private void run() {
        for (FaultSpec fault : faults) {
            try {
                sleepUntil(measurementStartNanos + fault.at().toNanos());
                cluster.carryOut(fault);
                log.println("fault: " + fault.kind() + " " + fault.target() + " at "
                        + (System.nanoTime() - measurementStartNanos) / NANOS_PER_MILLI + " ms");
                log.flush();
            } catch (InterruptedException ended) {
                // The run is over.
                return;
            } catch (IOException | RuntimeException failed) {
                problem = fault.kind() + " " + fault.target() + " failed: " + failed.getMessage();
                return;
            }
        }
    }

    private static void sleepUntil(long instantNanos) throws InterruptedException {
        long left = instantNanos - System.nanoTime();
        while (left > 0) {
            Thread.sleep(left / NANOS_PER_MILLI, (int) (left % NANOS_PER_MILLI));
            left = instantNanos - System.nanoTime();
        }
    }

    /** What could not be carried out; null if nothing. */
    @Nullable
    String problem() {
        return problem;
    }

    /** Ends the waiting; faults that are still to come do not happen. */
    @Override
    public void close() {
        thread.interrupt();
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException again) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
