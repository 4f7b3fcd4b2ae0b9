package io.p2pfaas.node.runtime;

import io.p2pfaas.node.call.Outcome;
import io.p2pfaas.node.call.Request;

/**
 * Runs one deployed function. Safe for use from any thread.
 *
 * <p>The node guarantees that no more executions run at once than it has slots; a runtime guarantees that each
 * execution ends, at the latest a moment after its budget, and that its listener is told exactly once.
 */
public interface FunctionRuntime extends AutoCloseable {
    /**
     * Starts an execution and returns without waiting for it.
     *
     * @param budgetNanos how long it may take; a later answer counts as none
     * @param listener told the outcome exactly once, on any thread, possibly before this method returns
     */
    Execution start(Request request, long budgetNanos, Listener listener);

    /** Stops taking executions and frees what the runtime holds. Running executions end as broken. */
    @Override
    void close();

    /** As {@link #close}, for good: the function was removed, and nothing that belongs to it may be left. */
    default void undeploy() {
        close();
    }

    /** Is told how an execution ended. Must not block. */
    @FunctionalInterface
    interface Listener {
        /** Called exactly once per execution. */
        void ended(Outcome outcome);
    }

    /** A running execution. */
    @FunctionalInterface
    interface Execution {
        /**
         * Ends it soon: its result is no longer wanted. The listener is still told. No effect on an ended execution.
         */
        void abort();
    }
}
