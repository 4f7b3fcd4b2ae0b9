package io.p2pfaas.node.runtime.docker;

/** Time, and threads that may wait for the engine. All methods but {@link #now} may throw RejectedExecutionException. */
interface ContainerThreads {
    /** Nanoseconds, as {@link System#nanoTime()}. */
    long now();

    /** Runs a short task that may wait for the engine. */
    void soon(Runnable task);

    /** Runs a task that makes a container; such tasks must not hold up the short ones. */
    void making(Runnable task);

    /** Runs a task that does not block after a time; the answer cancels it. */
    Runnable after(long nanos, Runnable task);
}
