package io.p2pfaas.core.fuzz;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import org.jspecify.annotations.Nullable;

/**
 * What one input did.
 *
 * @param taken false if it was refused as it may be
 * @param cpuNanos processor time: parsers wait for nothing, and other processes on the machine do not count
 * @param allocatedBytes on the heap
 * @param failure what it should not have thrown, or cost
 */
record Trial(
        boolean taken,
        long cpuNanos,
        long allocatedBytes,
        @Nullable Throwable failure) {
    static final long MAX_NANOS = 1_000_000_000L;
    static final long MAX_BYTES = 64L << 20;
    private static final int TRIALS_OF_COSTLY = 3;
    /** So near to the limits a first time is not believed. */
    private static final int COSTLY_SHARE = 8;

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    /** It took too much time or memory, again and again: a first time may have loaded classes. */
    static final class TooCostly extends RuntimeException {
        private static final long serialVersionUID = 1;

        TooCostly(String what) {
            super(what, null, false, false);
        }
    }

    static Trial of(Parser parser, byte[] content) {
        Trial trial = once(parser, content);
        for (int i = 1; i < TRIALS_OF_COSTLY && trial.exceeds(COSTLY_SHARE); i++) {
            Trial again = once(parser, content);
            trial = new Trial(
                    again.taken,
                    Math.min(trial.cpuNanos, again.cpuNanos),
                    Math.min(trial.allocatedBytes, again.allocatedBytes),
                    again.failure);
        }
        return trial.failure == null && trial.exceeds(1)
                ? new Trial(trial.taken, trial.cpuNanos, trial.allocatedBytes, new TooCostly(trial.cost()))
                : trial;
    }

    private boolean exceeds(int share) {
        return cpuNanos > MAX_NANOS / share || allocatedBytes > MAX_BYTES / share;
    }

    private String cost() {
        return (cpuNanos > MAX_NANOS ? "too slow" : "too large") + ": " + cpuNanos / 1_000_000 + " ms, "
                + allocatedBytes + " bytes";
    }

    private static Trial once(Parser parser, byte[] content) {
        boolean taken = false;
        Throwable failure = null;
        long bytesBefore = THREADS.getCurrentThreadAllocatedBytes();
        long nanosBefore = THREADS.getCurrentThreadCpuTime();
        try {
            taken = parser.takes(content);
        } catch (Throwable thrown) {
            // Errors too: a stack that is too deep is what deep documents are made for.
            failure = thrown;
        }
        long nanos = THREADS.getCurrentThreadCpuTime() - nanosBefore;
        return new Trial(taken, nanos, THREADS.getCurrentThreadAllocatedBytes() - bytesBefore, failure);
    }
}
