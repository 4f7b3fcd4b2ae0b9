package io.p2pfaas.node.runtime;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;

/** Keeps a processor busy. */
final class BusyWork {
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
    /** About 20 microseconds of work between looks at the clock. */
    private static final int ROUNDS = 20_000;

    private BusyWork() {}

    /**
     * Uses so much processor time of the calling thread. Processor time and not time of day: on a busy machine real work
     * takes longer too, and that is what experiments with this function are about.
     *
     * @throws InterruptedException soon after an interrupt
     */
    static void use(long nanos) throws InterruptedException {
        boolean measurable = THREADS.isCurrentThreadCpuTimeSupported();
        long start = measurable ? THREADS.getCurrentThreadCpuTime() : System.nanoTime();
        long sink = start;
        while ((measurable ? THREADS.getCurrentThreadCpuTime() : System.nanoTime()) - start < nanos) {
            for (int i = 0; i < ROUNDS; i++) {
                sink = sink * 6364136223846793005L + 1442695040888963407L;
            }
            // Never true in practice; without a use of the result the compiler may remove the loop.
            if (sink == 0 || Thread.interrupted()) {
                throw new InterruptedException();
            }
        }
    }
}
