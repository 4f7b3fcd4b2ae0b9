package io.p2pfaas.node.config;

import java.time.Duration;
import java.util.List;

/**
 * Functions in containers.
 *
 * @param host the engine's address, {@code unix:///path} or {@code tcp://host:port}
 * @param images patterns of images that may be deployed; empty = all
 * @param pull whether images that are not there are fetched
 * @param memoryBytes of a container whose function sets no limit
 * @param nanoCpus likewise, billionths of a processor
 * @param maxReplicas containers that one function may have
 * @param concurrency calls that one container runs at once; 0 = as many as come
 * @param pauseAfter a container without a call is frozen after it; zero = never
 * @param stopAfter a container that is not needed is removed after it
 * @param startTimeout a container that does not take connections after it has failed
 * @param keep whether containers go on when the node is stopped
 */
public record DockerSettings(
        String host,
        List<String> images,
        boolean pull,
        long memoryBytes,
        long nanoCpus,
        int pids,
        long tmpfsBytes,
        int maxReplicas,
        int concurrency,
        Duration pauseAfter,
        Duration stopAfter,
        Duration startTimeout,
        boolean keep) {
    public DockerSettings {
        images = List.copyOf(images);
    }
}
