package io.p2pfaas.load.live.cluster;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The one cluster that is up at a time. It is kept while points of the same shape follow each other, since eight JVMs
 * take their time to start. One thread.
 */
public final class Clusters implements AutoCloseable {
    private static final Duration ANSWER = Duration.ofSeconds(5);
    private static final long IDLE_NANOS = TimeUnit.SECONDS.toNanos(60);
    private static final long COMPLETE_NANOS = TimeUnit.SECONDS.toNanos(5);
    private static final long POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

    private final Supplier<NodeLaunch> launch;
    private final Path folder;
    private final NodeClient client = new NodeClient(ANSWER);
    private @Nullable ClusterShape shape;
    private @Nullable Cluster cluster;

    /**
     * Starts nothing yet.
     *
     * @param launch asked when nodes have to be launched; may throw IllegalStateException with a message for people
     * @param folder for logs
     */
    public Clusters(Supplier<NodeLaunch> launch, Path folder) {
        this.launch = launch;
        this.folder = folder;
    }

    /** To ask nodes about themselves. */
    public NodeClient client() {
        return client;
    }

    /** A cluster of this shape with nothing in flight: the one that is up if it will do, else a new one. */
    public Cluster of(ClusterShape wanted) throws LaunchFailed, InterruptedException {
        Cluster current = cluster;
        if (current == null || !wanted.equals(shape) || !current.isWhole() || !becomesComplete(current)) {
            close();
            current = wanted.addresses().isEmpty()
                    ? LaunchedCluster.start(wanted, launch.get(), folder, client)
                    : GivenCluster.of(wanted, client);
            cluster = current;
            shape = wanted;
        }
        awaitIdle(current);
        return current;
    }

    /** Nodes that a fault cut off from each other find each other again, or are replaced. */
    private boolean becomesComplete(Cluster current) throws InterruptedException {
        long end = System.nanoTime() + COMPLETE_NANOS;
        while (!isComplete(current)) {
            if (System.nanoTime() - end > 0) {
                return false;
            }
            LockSupport.parkNanos(POLL_NANOS);
        }
        return true;
    }

    private boolean isComplete(Cluster current) throws InterruptedException {
        for (URI node : current.urls()) {
            try {
                if (!client.status(node).knows(current.urls().size() - 1)) {
                    return false;
                }
            } catch (IOException ignored) {
                return false;
            }
        }
        return true;
    }

    private void awaitIdle(Cluster current) throws LaunchFailed, InterruptedException {
        long end = System.nanoTime() + IDLE_NANOS;
        for (URI node : current.urls()) {
            try {
                while (!client.status(node).isIdle()) {
                    if (System.nanoTime() - end > 0) {
                        throw new LaunchFailed("the node at " + node + " still has calls in flight after "
                                + TimeUnit.NANOSECONDS.toSeconds(IDLE_NANOS) + " s");
                    }
                    LockSupport.parkNanos(POLL_NANOS);
                }
            } catch (IOException failed) {
                throw new LaunchFailed(String.valueOf(failed.getMessage()), failed);
            }
        }
    }

    @Override
    public void close() {
        Cluster current = cluster;
        cluster = null;
        shape = null;
        if (current != null) {
            current.close();
        }
    }
}
