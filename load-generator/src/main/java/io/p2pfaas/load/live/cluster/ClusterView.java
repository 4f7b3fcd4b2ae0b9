package io.p2pfaas.load.live.cluster;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/** Looks at many nodes at once. One thread. */
public final class ClusterView implements AutoCloseable {
    private static final int AT_ONCE = 16;

    private final List<URI> nodes;
    private final NodeClient client;
    private final ExecutorService threads;

    /**
     * One node at one moment.
     *
     * @param atNanos when the question was asked, an instant of {@link System#nanoTime}
     * @param status null if it did not answer
     * @param problem why not, empty if it did
     */
    public record Sighting(URI node, long atNanos, @Nullable NodeStatus status, String problem) {}

    /**
     * Asks nobody yet.
     *
     * @param timeout how long a node may take to answer
     */
    public ClusterView(List<URI> nodes, Duration timeout) {
        this.nodes = List.copyOf(nodes);
        client = new NodeClient(timeout);
        threads = Executors.newFixedThreadPool(AT_ONCE, task -> {
            Thread thread = new Thread(task, "lab-look");
            thread.setDaemon(true);
            return thread;
        });
    }

    /** All nodes, in the order given. */
    public List<Sighting> look() {
        List<CompletableFuture<Sighting>> answers = new ArrayList<>();
        for (URI node : nodes) {
            answers.add(CompletableFuture.supplyAsync(() -> look(node), threads));
        }
        return answers.stream().map(CompletableFuture::join).toList();
    }

    private Sighting look(URI node) {
        long now = System.nanoTime();
        try {
            return new Sighting(node, now, client.status(node), "");
        } catch (IOException failed) {
            return new Sighting(node, now, null, String.valueOf(failed.getMessage()));
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return new Sighting(node, now, null, "interrupted");
        }
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
