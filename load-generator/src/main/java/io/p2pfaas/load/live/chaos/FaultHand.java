package io.p2pfaas.load.live.chaos;

import io.p2pfaas.load.campaign.Seeds;
import io.p2pfaas.load.live.cluster.Cluster;
import io.p2pfaas.load.live.cluster.NodeClient;
import io.p2pfaas.load.live.cluster.NodeStatus;
import io.p2pfaas.load.live.ledger.Entry;
import io.p2pfaas.load.live.ledger.Fault;
import io.p2pfaas.load.plan.Experiment.FaultKind;
import io.p2pfaas.load.plan.Experiment.FaultSpec;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** Breaks one thing at a time, mends it, and waits until all is well. One thread. */
final class FaultHand {
    private static final Duration ANSWER = Duration.ofSeconds(1);
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(60);
    private static final long POLL_MILLIS = 20;

    private final Cluster cluster;
    private final Consumer<Entry> journal;
    private final NodeClient client = new NodeClient(ANSWER);
    private final Garbage garbage;

    FaultHand(Cluster cluster, long seed, Consumer<Entry> journal) {
        this.cluster = cluster;
        this.journal = journal;
        garbage = new Garbage(Seeds.generator(seed));
    }

    /** @throws IOException if it cannot be done, or all is not well a minute after it was mended */
    Recovery carryOut(FaultDraw.Blow blow) throws IOException, InterruptedException {
        Fault fault = blow.fault();
        String target = blow.target();
        long brokeNanos = System.nanoTime();
        journal.accept(new Entry.Broke(brokeNanos, fault, target));
        switch (fault) {
            case KILL, BROKER_KILL -> {
                carryOut(FaultKind.KILL, target);
                Thread.sleep(blow.hold().toMillis());
            }
            case STOP, BROKER_FREEZE -> {
                carryOut(FaultKind.PAUSE, target);
                Thread.sleep(blow.hold().toMillis());
            }
            case RESTART -> cluster.askToEnd(target);
            case GARBAGE -> garbage.send(url(target), target, cluster.broker());
            case FUNCTION, SILENCE -> throw new IllegalArgumentException("nothing to do for " + blow);
        }
        long mendNanos = System.nanoTime();
        switch (fault) {
            case KILL, BROKER_KILL, RESTART -> carryOut(FaultKind.START, target);
            case STOP, BROKER_FREEZE -> carryOut(FaultKind.RESUME, target);
            case GARBAGE, FUNCTION, SILENCE -> {
                // Nothing was broken.
            }
        }
        List<URI> concerned = fault.isOfBroker() ? cluster.urls() : List.of(url(target));
        await(concerned, fault.isOfBroker() ? NodeStatus::linkUp : NodeStatus::ready, blow);
        long readyNanos = System.nanoTime();
        await(cluster.urls(), this::isWell, blow);
        long wholeNanos = System.nanoTime();
        journal.accept(new Entry.Mended(wholeNanos, fault, target));
        return new Recovery(fault, target, mendNanos - brokeNanos, readyNanos - mendNanos, wholeNanos - mendNanos);
    }

    private void carryOut(FaultKind kind, String target) throws IOException, InterruptedException {
        cluster.carryOut(new FaultSpec(Duration.ZERO, kind, target));
    }

    private URI url(String node) {
        return cluster.urls().get(cluster.ids().indexOf(node));
    }

    private boolean isWell(NodeStatus status) {
        return status.ready()
                && status.linkUp()
                && status.peers().stream().filter(NodeStatus.Peer::isUsable).count()
                        == cluster.ids().size() - 1;
    }

    private void await(List<URI> nodes, Predicate<NodeStatus> wanted, FaultDraw.Blow blow)
            throws IOException, InterruptedException {
        long begunNanos = System.nanoTime();
        for (URI node : nodes) {
            String found = "";
            boolean fulfilled = false;
            while (!fulfilled) {
                if (System.nanoTime() - begunNanos > PATIENCE_NANOS) {
                    throw new IOException("a minute after " + blow.fault().word() + " of " + blow.target()
                            + " the node at " + node + " is not well again: " + found);
                }
                try {
                    NodeStatus status = client.status(node);
                    fulfilled = wanted.test(status);
                    found = status.toString();
                } catch (IOException away) {
                    found = String.valueOf(away.getMessage());
                }
                if (!fulfilled) {
                    Thread.sleep(POLL_MILLIS);
                }
            }
        }
    }
}
