package io.p2pfaas.node.runtime;

import java.util.concurrent.CompletionStage;

/** A runtime that keeps instances of its function. Safe for use from any thread. */
public interface ReplicatedRuntime extends FunctionRuntime, LogSource {
    /**
     * How many instances there are.
     *
     * @param wanted how many there should be
     * @param available how many can take a call, paused ones included
     */
    record Replicas(int wanted, int available) {}

    /** How many instances there are now. */
    Replicas replicas();

    /**
     * Wants so many from now on; returns at once. With 0 the next call starts one again.
     *
     * @throws IllegalArgumentException if it may not have so many, with what is allowed
     */
    void scale(int wanted);

    /** Whether calls can be run at all just now; false while the container engine cannot be reached. */
    boolean isUsable();

    /** Completes when the first instance can take calls, and also when that failed: nobody waits for ever. */
    CompletionStage<Void> settled();
}
