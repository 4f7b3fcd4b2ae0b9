package io.p2pfaas.node.watch;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.concurrent.TimeUnit;

/** The slowest of the calls that ended in the last five minutes. Thread-safe; a call that is not slow costs a comparison. */
final class SlowCalls {
    static final int CAPACITY = 20;
    private static final long KEEP_NANOS = TimeUnit.MINUTES.toNanos(5);
    private static final Comparator<EndedCall> BY_TIME = Comparator.comparingLong(EndedCall::totalNanos);

    private final PriorityQueue<EndedCall> slowest = new PriorityQueue<>(BY_TIME);
    /** From this time on a call is among the slowest. */
    private volatile long thresholdNanos;

    void ended(EndedCall call) {
        if (call.totalNanos() > thresholdNanos) {
            add(call);
        }
    }

    private synchronized void add(EndedCall call) {
        slowest.add(call);
        if (slowest.size() > CAPACITY) {
            slowest.poll();
        }
        setThreshold();
    }

    private void setThreshold() {
        EndedCall fastest = slowest.peek();
        thresholdNanos = slowest.size() < CAPACITY || fastest == null ? 0 : fastest.totalNanos();
    }

    /** Forgets calls that ended too long ago. */
    synchronized void forgetOld(long nowNanos) {
        if (slowest.removeIf(call -> nowNanos - call.endedNanos() > KEEP_NANOS)) {
            setThreshold();
        }
    }

    /** The slowest first. */
    synchronized List<EndedCall> all() {
        List<EndedCall> all = new ArrayList<>(slowest);
        all.sort(BY_TIME.reversed());
        return all;
    }
}
