package io.p2pfaas.load.live.ledger;

import io.p2pfaas.load.plan.Experiment.Via;

/** One line of a journal. All instants are nanoseconds of the one clock of the lab's process. */
public sealed interface Entry {
    /** When it happened. */
    long atNanos();

    /**
     * A caller sent a call.
     *
     * @param entrance the node that was called; empty if the broker deals the call
     * @param repeatable whether the function is idempotent
     * @param budgetNanos after this time it must not be begun
     */
    record Sent(long atNanos, String call, Via via, String entrance, boolean repeatable, long budgetNanos)
            implements Entry {}

    /**
     * The caller saw the end of a call.
     *
     * @param status that of the answer, 0 without one
     * @param detail what the transport said, may be empty
     */
    record Ended(long atNanos, String call, Close close, int status, String detail) implements Entry {}

    /** An answer came for a call that had ended for its caller. */
    record Stray(long atNanos, String call) implements Entry {}

    /** The answer of a call was another call's. */
    record Mistaken(long atNanos, String call, String answer) implements Entry {}

    /** A function began a call, asked by this node. */
    record Began(long atNanos, String call, String node) implements Entry {}

    /** It is done with it, in whatever way. */
    record Finished(long atNanos, String call, String node) implements Entry {}

    /** From now on something is broken on purpose. */
    record Broke(long atNanos, Fault fault, String target) implements Entry {}

    /** It was mended; what depended on it may take a moment. */
    record Mended(long atNanos, Fault fault, String target) implements Entry {}

    /**
     * What a node counted of callers' calls since it started.
     *
     * @param process number of its process: a node that was started again counts from 0
     * @param executed executions that ended on it, callers' and peers'
     */
    record Looked(
            long atNanos,
            String node,
            long process,
            long received,
            long done,
            long failed,
            long rejected,
            long expired,
            long cancelled,
            long inFlight,
            long executed)
            implements Entry {
        boolean isBalanced() {
            return received == done + failed + rejected + expired + cancelled + inFlight;
        }
    }
}
