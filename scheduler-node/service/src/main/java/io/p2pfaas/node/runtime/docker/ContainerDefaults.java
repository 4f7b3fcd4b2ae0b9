package io.p2pfaas.node.runtime.docker;

import java.time.Duration;

/**
 * What holds for every container function that says nothing else.
 *
 * @param owner whose containers these are, unique among all that use the engine: {@code ROOT/NODE}
 * @param maxReplicas more than so many no function gets, whatever it says
 * @param concurrency calls that one replica runs at once; 0 = as many as come
 * @param pauseAfter a replica without a call is frozen after it; zero = never
 * @param stopAfter a replica that is not needed is ended after it
 * @param startTimeout a container that does not take connections after it has failed
 */
public record ContainerDefaults(
        String owner,
        long memoryBytes,
        long nanoCpus,
        long pids,
        long tmpfsBytes,
        int maxReplicas,
        int concurrency,
        Duration pauseAfter,
        Duration stopAfter,
        Duration startTimeout) {}
