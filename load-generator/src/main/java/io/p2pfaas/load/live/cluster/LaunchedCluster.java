package io.p2pfaas.load.live.cluster;

import io.p2pfaas.load.device.BrokerAddress;
import io.p2pfaas.load.plan.Experiment.FaultKind;
import io.p2pfaas.load.plan.Experiment.FaultSpec;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** Node processes and, unless there is one, their broker. They end with this process at the latest. */
final class LaunchedCluster implements Cluster {
    private static final String BROKER = "broker";
    private static final long START_NANOS = TimeUnit.SECONDS.toNanos(90);
    private static final long POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(20);
    private static final long END_MILLIS = 5_000;
    private static final long STOP_MILLIS = 60_000;

    private final List<LaunchedNode> nodes = new CopyOnWriteArrayList<>();
    private final @Nullable BrokerProcess ownBroker;
    private final BrokerAddress broker;
    private final Leftovers leftovers;
    private final Thread lastResort = new Thread(this::forceEnd, "lab-end-processes");

    private LaunchedCluster(@Nullable BrokerProcess ownBroker, BrokerAddress broker, Path folder) {
        leftovers = new Leftovers(folder);
        this.ownBroker = ownBroker;
        this.broker = broker;
        Runtime.getRuntime().addShutdownHook(lastResort);
    }

    /** Starts everything and returns when each node is ready and has heard of the load of all others. */
    static LaunchedCluster start(ClusterShape shape, NodeLaunch launch, Path folder, NodeClient client)
            throws LaunchFailed, InterruptedException {
        LaunchedCluster cluster = null;
        boolean up = false;
        try {
            Files.createDirectories(folder);
            new Leftovers(folder).end();
            cluster = withBroker(shape, folder);
            cluster.startNodes(shape, launch, folder);
            cluster.awaitUp(client);
            up = true;
            return cluster;
        } catch (IOException | IllegalArgumentException failed) {
            throw new LaunchFailed("the cluster cannot be started: " + failed.getMessage(), failed);
        } finally {
            if (cluster != null && !up) {
                cluster.close();
            }
        }
    }

    private static LaunchedCluster withBroker(ClusterShape shape, Path folder) throws IOException, LaunchFailed {
        boolean keeps = shape.broker().equals(ClusterShape.KEPT_MOSQUITTO);
        if (!keeps && !shape.broker().equals(ClusterShape.MOSQUITTO)) {
            return new LaunchedCluster(null, BrokerAddress.of(shape.broker(), shape.root()), folder);
        }
        BrokerProcess own = BrokerProcess.start(folder, keeps);
        return new LaunchedCluster(own, new BrokerAddress("127.0.0.1", own.port(), shape.root()), folder);
    }

    private void startNodes(ClusterShape shape, NodeLaunch launch, Path folder) throws IOException {
        for (int i = 1; i <= shape.nodes(); i++) {
            String id = "n" + i;
            nodes.add(new LaunchedNode(
                    id,
                    port -> launch.command(shape, id, port, broker.toString()),
                    folder.resolve("node-" + id + ".log")));
        }
    }

    private void awaitUp(NodeClient client) throws LaunchFailed, IOException, InterruptedException {
        long end = System.nanoTime() + START_NANOS;
        for (LaunchedNode node : nodes) {
            while (!node.isReady()) {
                check(node, end, "is not ready");
            }
        }
        for (LaunchedNode node : nodes) {
            while (!client.status(node.url()).knows(nodes.size() - 1)) {
                check(node, end, "does not know its " + (nodes.size() - 1) + " peers");
            }
        }
    }

    private static void check(LaunchedNode node, long end, String what) throws LaunchFailed {
        if (!node.process().isAlive() || System.nanoTime() - end > 0) {
            throw new LaunchFailed(
                    "node " + node.id() + " " + what + ": " + node.process().lastWords());
        }
        LockSupport.parkNanos(POLL_NANOS);
    }

    @Override
    public List<URI> urls() {
        return nodes.stream().map(LaunchedNode::url).toList();
    }

    @Override
    public List<String> ids() {
        return nodes.stream().map(LaunchedNode::id).toList();
    }

    @Override
    public BrokerAddress broker() {
        return broker;
    }

    @Override
    public void carryOut(FaultSpec fault) throws IOException, InterruptedException {
        if (fault.target().equals(BROKER)) {
            if (ownBroker == null) {
                throw new IOException("the broker " + broker + " is not the lab's own, so it cannot break it");
            }
            carryOut(fault.kind(), ownBroker.process(), ownBroker::startAgain);
            return;
        }
        LaunchedNode node = node(fault.target());
        carryOut(fault.kind(), node.process(), node::startAgain);
    }

    private LaunchedNode node(String id) throws IOException {
        return nodes.stream()
                .filter(each -> each.id().equals(id))
                .findFirst()
                .orElseThrow(() -> new IOException("no node is called " + id + "; there are " + ids()));
    }

    @Override
    public void askToEnd(String id) throws IOException, InterruptedException {
        OwnProcess process = node(id).process();
        process.askToEnd();
        if (!process.hasEndedAfter(STOP_MILLIS)) {
            throw new IOException("node " + id + " was asked to end and did not: " + process.lastWords());
        }
    }

    @Override
    public long pid(String id) throws IOException {
        return node(id).process().pid();
    }

    /** Starts a process anew. */
    private interface Restart {
        void run() throws IOException;
    }

    private static void carryOut(FaultKind kind, OwnProcess process, Restart restart)
            throws IOException, InterruptedException {
        switch (kind) {
            case KILL -> process.kill();
            case START -> {
                if (!process.isAlive()) {
                    restart.run();
                }
            }
            case PAUSE -> process.pause();
            case RESUME -> process.resume();
        }
    }

    private List<OwnProcess> processes() {
        List<OwnProcess> all = new ArrayList<>();
        nodes.forEach(node -> all.add(node.process()));
        if (ownBroker != null) {
            all.add(ownBroker.process());
        }
        return all;
    }

    @Override
    public boolean isWhole() {
        return processes().stream().allMatch(process -> process.isAlive() && !process.isPaused());
    }

    private void forceEnd() {
        processes().forEach(OwnProcess::forceEnd);
    }

    /** Nodes first and all at once; the broker when nobody needs it any more. */
    @Override
    public void close() {
        try {
            for (LaunchedNode node : nodes) {
                node.process().askToEnd();
            }
            for (LaunchedNode node : nodes) {
                node.process().awaitEnd(END_MILLIS);
            }
            if (ownBroker != null) {
                ownBroker.process().askToEnd();
                ownBroker.process().awaitEnd(END_MILLIS);
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        } finally {
            forceEnd();
        }
        try {
            leftovers.end();
        } catch (IOException ignored) {
            // All were ended above; the list is looked through again by the next lab in this folder.
        }
        try {
            Runtime.getRuntime().removeShutdownHook(lastResort);
        } catch (IllegalStateException ignored) {
            // This process is ending, and the hook has run or will find nothing.
        }
    }
}
