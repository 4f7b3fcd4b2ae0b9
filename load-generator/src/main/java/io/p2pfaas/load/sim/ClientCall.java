package io.p2pfaas.load.sim;

import io.p2pfaas.core.model.Payload;

/**
 * A call as its client and the simulator know it; brains carry it along unseen. It brings its service time with it, so
 * that the same call takes equally long wherever, and under whatever scheduler, it runs.
 */
final class ClientCall implements Payload {
    /** Number in the order of due times over all nodes. */
    final int number;

    final int origin;
    final long dueNanos;
    final double serviceNanos;
    final boolean measured;
    /** A later answer misses the deadline of its payload class. */
    final long deadlineNanos;

    final int taskType;
    final long bytes;
    /** Where it is in the origin's list of open calls; -1 once it has ended for its client. */
    int place = -1;

    ClientCall(
            int number,
            int origin,
            long dueNanos,
            double serviceNanos,
            boolean measured,
            long deadlineNanos,
            int taskType,
            long bytes) {
        this.number = number;
        this.origin = origin;
        this.dueNanos = dueNanos;
        this.serviceNanos = serviceNanos;
        this.measured = measured;
        this.deadlineNanos = deadlineNanos;
        this.taskType = taskType;
        this.bytes = bytes;
    }

    /** Within this time an answer is not late; 0 if it never is. */
    long wantedWithinNanos() {
        return deadlineNanos == Long.MAX_VALUE ? 0 : deadlineNanos - dueNanos;
    }

    @Override
    public String toString() {
        return "call " + number;
    }
}
