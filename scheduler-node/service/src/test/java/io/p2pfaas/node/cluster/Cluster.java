package io.p2pfaas.node.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.p2pfaas.core.node.NodeBrain;
import io.p2pfaas.core.peers.Peer;
import io.p2pfaas.core.peers.PeerState;
import io.p2pfaas.node.app.Node;
import java.util.ArrayList;
import java.util.List;

/** Nodes n1, n2, ... in this process, on one broker. */
final class Cluster implements AutoCloseable {
    private final List<Node> nodes = new ArrayList<>();
    private final Caller caller = new Caller();

    private Cluster() {}

    /** Starts so many nodes alike, and returns when each has heard of the load of all others. */
    static Cluster of(int size, Flags flags) {
        Cluster cluster = startOnly(size, flags);
        cluster.awaitComplete();
        return cluster;
    }

    /** Starts so many nodes alike, whether they find each other or not. */
    static Cluster startOnly(int size, Flags flags) {
        Cluster cluster = new Cluster();
        for (int i = 1; i <= size; i++) {
            cluster.add(flags.with("id", "n" + i));
        }
        return cluster;
    }

    Node add(Flags flags) {
        // Leaving must not wait for calls that a test has left running.
        Node node = Node.start(flags.with("stop-grace", "0s").settings());
        nodes.add(node);
        return node;
    }

    void awaitComplete() {
        Await.until(
                () -> "every node sees the others: " + statuses(),
                () -> nodes.stream().allMatch(node -> node.look(brain -> sees(brain, nodes.size() - 1))));
    }

    /** Waits until every node has subscribed to what it listens to. */
    void awaitLinks() {
        awaitLinks(true);
    }

    /** Waits until every node knows that its link is up, or that it is down. */
    void awaitLinks(boolean up) {
        Await.until(
                () -> "the link of every node is " + (up ? "up: " : "down: ") + statuses(),
                () -> nodes.stream().allMatch(node -> node.look(brain -> brain.isLinkUp() == up)));
    }

    private static boolean sees(NodeBrain brain, int peers) {
        List<Peer> live = brain.peers().stream()
                .filter(peer -> peer.state() == PeerState.ONLINE && !peer.isSuspect() && peer.sample() != null)
                .toList();
        return brain.isLinkUp() && live.size() == peers;
    }

    String statuses() {
        return String.join("", nodes.stream().map(Node::status).toList());
    }

    Node node(int number) {
        return nodes.get(number - 1);
    }

    /** The address of a function on a node. */
    String function(int node, String function) {
        return node(node).url() + "/function/" + function;
    }

    Caller caller() {
        return caller;
    }

    /** Waits until no node has a call in flight. */
    void awaitIdle() {
        Await.until(
                () -> "no call is in flight: " + statuses(),
                () -> nodes.stream()
                        .allMatch(node -> node.look(brain -> brain.counters().inFlightFrom(false)
                                                + brain.counters().inFlightFrom(true)
                                        == 0
                                && brain.load().running() == 0)));
    }

    /** Scrapes of all nodes, each balanced. */
    List<Metrics> metrics() {
        return nodes.stream()
                .map(node -> Metrics.of(node.url(), caller).assertBalanced())
                .toList();
    }

    /** Executions that ended, on all nodes. */
    long executions() {
        return sum("p2pfaas_executions_total");
    }

    /** A metric of all nodes together. */
    long sum(String metric) {
        return metrics().stream().mapToLong(node -> node.value(metric)).sum();
    }

    /** When all is over: so many calls of callers were received, and as many ended in the states given. */
    void assertAllEnded(long received, long done) {
        awaitIdle();
        List<Metrics> all = metrics();
        assertThat(all.stream().mapToLong(m -> m.received("caller")).sum())
                .as("calls received")
                .isEqualTo(received);
        assertThat(all.stream().mapToLong(m -> m.ended("caller", "done")).sum())
                .as("calls done")
                .isEqualTo(done);
    }

    @Override
    public void close() {
        nodes.forEach(Node::close);
    }
}
