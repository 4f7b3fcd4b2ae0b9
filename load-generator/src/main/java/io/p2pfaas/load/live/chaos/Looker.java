package io.p2pfaas.load.live.chaos;

import io.p2pfaas.load.live.cluster.Cluster;
import io.p2pfaas.load.live.cluster.NodeClient;
import io.p2pfaas.load.live.cluster.NodeStatus;
import io.p2pfaas.load.live.ledger.Entry;
import io.p2pfaas.load.live.ledger.Fault;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Writes down what nodes count, again and again, since a node that is killed cannot be asked any more; and when a node
 * took so long to answer that its peers may have given it up. A thread per node, so that one does not wait for another.
 */
final class Looker {
    private static final Duration ANSWER = Duration.ofSeconds(5);
    private static final long INTERVAL_MILLIS = 250;
    private static final String EXECUTIONS = "p2pfaas_executions_total";

    /** Well below the second after which a node passes over a peer that says nothing. */
    private static final long SILENT_NANOS = TimeUnit.MILLISECONDS.toNanos(400);

    private final Cluster cluster;
    private final Consumer<Entry> journal;
    private final NodeClient client = new NodeClient(ANSWER);
    private final List<Thread> threads = new ArrayList<>();

    Looker(Cluster cluster, Consumer<Entry> journal) {
        this.cluster = cluster;
        this.journal = journal;
        for (int node = 0; node < cluster.ids().size(); node++) {
            int number = node;
            Thread thread =
                    new Thread(() -> run(number), "lab-looker-" + cluster.ids().get(node));
            thread.setDaemon(true);
            threads.add(thread);
        }
        threads.forEach(Thread::start);
    }

    private void run(int node) {
        try {
            while (!Thread.currentThread().isInterrupted()) {
                long dueNanos = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(INTERVAL_MILLIS);
                Thread.sleep(INTERVAL_MILLIS);
                look(node, dueNanos);
            }
        } catch (InterruptedException ignored) {
            // The run is over.
        }
    }

    /** @param dueNanos a lab that comes late stands on a machine that stood still */
    private void look(int node, long dueNanos) throws InterruptedException {
        String id = cluster.ids().get(node);
        URI url = cluster.urls().get(node);
        boolean answered = false;
        try {
            long process = cluster.pid(id);
            NodeStatus.Calls calls = client.status(url).calls();
            answered = true;
            noteSilence(id, dueNanos);
            long executed = Math.round(client.metric(url, EXECUTIONS));
            if (cluster.pid(id) == process) {
                journal.accept(looked(id, process, calls, executed));
            }
        } catch (IOException ignored) {
            // It is broken at the moment, or just was; there will be another look.
            if (!answered) {
                noteSilence(id, dueNanos);
            }
        }
    }

    private void noteSilence(String id, long sinceNanos) {
        long now = System.nanoTime();
        if (now - sinceNanos > SILENT_NANOS) {
            journal.accept(new Entry.Broke(sinceNanos, Fault.SILENCE, id));
            journal.accept(new Entry.Mended(now, Fault.SILENCE, id));
        }
    }

    private static Entry looked(String id, long process, NodeStatus.Calls calls, long executed) {
        return new Entry.Looked(
                System.nanoTime(),
                id,
                process,
                calls.received(),
                calls.done(),
                calls.failed(),
                calls.rejected(),
                calls.expired(),
                calls.cancelled(),
                calls.inFlight(),
                executed);
    }

    /** Ends the threads, and looks once more. */
    void end() throws InterruptedException {
        threads.forEach(Thread::interrupt);
        for (Thread thread : threads) {
            thread.join();
        }
        for (int node = 0; node < threads.size(); node++) {
            look(node, System.nanoTime());
        }
    }
}
