package io.p2pfaas.load.sim;

import io.p2pfaas.core.model.NodeId;
import io.p2pfaas.core.node.BrainSettings;
import io.p2pfaas.core.node.Event;
import io.p2pfaas.core.peers.PeerState;
import io.p2pfaas.core.policy.SchedulingPolicy;
import io.p2pfaas.load.campaign.Seeds;
import io.p2pfaas.load.campaign.Seeds.Use;
import io.p2pfaas.load.record.Outcome;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/**
 * Nodes around a broker, from their start to the end of the run. Nodes are numbered from 0 and named from {@code n1}.
 * One thread; the same setup gives the same story on every machine and JDK.
 */
final class Cluster {
    /** Nodes that lost a broker come back within this time after its start, each at a moment of its own. */
    private static final long RECONNECT_NANOS = 2_000_000_000L;

    private final Setup setup;
    private final Mind.Maker minds;
    private final Timeline time = new Timeline();
    private final Books books;
    private final SimBroker broker;
    private final Neighbours neighbours;
    private final RandomGenerator network;
    private final SampleAges sampleAges = new SampleAges();
    private final SimNode[] nodes;
    private final int[] lives;
    private int listeners;
    private long openCalls;
    private int calls;

    Cluster(Setup setup, Mind.Maker minds, Consumer<Outcome> outcomes) {
        this.setup = setup;
        this.minds = minds;
        this.books = new Books(setup, outcomes);
        this.network = Seeds.generator(Seeds.stream(setup.seed(), Use.NETWORK, -1));
        this.neighbours = new Neighbours(setup.nodes(), network);
        this.broker = new SimBroker(this, time, setup, neighbours, network);
        this.lives = new int[setup.nodes()];
        this.nodes = new SimNode[setup.nodes()];
        for (int i = 0; i < nodes.length; i++) {
            nodes[i] = newLife(i);
        }
        startAll();
    }

    private SimNode newLife(int index) {
        int life = ++lives[index];
        NodeId id = idOf(index);
        BrainSettings settings = setup.tuning().apply(BrainSettings.of(id, life, setup.slots(), setup.queueMax()));
        SchedulingPolicy own = setup.policies().get();
        boolean listens = own.needs().samples();
        SchedulingPolicy policy = listens ? new WatchedPolicy(own, sampleAges) : own;
        RandomGenerator decisions =
                Seeds.generator(Seeds.stream(setup.seed(), Use.DECISIONS, index + (life - 1) * setup.nodes()));
        if (listens && life == 1) {
            listeners++;
        }
        return new SimNode(this, setup, index, id, life, listens, minds.make(settings, policy, decisions));
    }

    /** All nodes are there before the first call, and know each other. */
    private void startAll() {
        for (SimNode node : nodes) {
            node.start();
        }
        for (SimNode node : nodes) {
            for (int known : neighbours.knownTo(node.index())) {
                SimNode peer = nodes[known];
                node.on(new Event.PresenceHeard(peer.id(), PeerState.ONLINE, peer.session(), SimNode.FUNCTIONS));
            }
        }
        for (SimNode node : nodes) {
            node.linkUp(true);
        }
    }

    private static NodeId idOf(int index) {
        return new NodeId("n" + (index + 1));
    }

    /** The number of a node whose name this simulator made. */
    static int indexOf(NodeId id) {
        String name = id.value();
        int number = 0;
        for (int i = 1; i < name.length(); i++) {
            number = 10 * number + name.charAt(i) - '0';
        }
        return number - 1;
    }

    Timeline time() {
        return time;
    }

    Books books() {
        return books;
    }

    SimBroker broker() {
        return broker;
    }

    SampleAges sampleAges() {
        return sampleAges;
    }

    SimNode node(int index) {
        return nodes[index];
    }

    int size() {
        return nodes.length;
    }

    /** How many nodes listen to the others' load. */
    int listeners() {
        return listeners;
    }

    /** Number of the next call. */
    int nextCall() {
        return calls++;
    }

    /** A client calls a node; if that is dead, nobody answers its connect. */
    void arrive(ClientCall call) {
        books.arrived(call);
        SimNode at = nodes[call.origin];
        if (at.isAlive()) {
            openCalls++;
            at.call(call);
        } else {
            books.broken(call, time.nowNanos(), "connection refused");
        }
    }

    void callEnded() {
        openCalls--;
    }

    long openCalls() {
        return openCalls;
    }

    void kill(int node) {
        nodes[node].kill();
    }

    /** A new life of a killed node. */
    void restart(int node) {
        if (!nodes[node].isAlive()) {
            nodes[node] = newLife(node);
            nodes[node].start();
            nodes[node].linkUp(false);
        }
    }

    void loseLink(int node) {
        nodes[node].loseLink();
    }

    void regainLink(int node) {
        nodes[node].linkUp(false);
    }

    void reconfigure(int node, int slots, int queueMax, SchedulingPolicy policy) {
        boolean before = nodes[node].listens();
        nodes[node].reconfigure(new Event.Reconfigured(slots, queueMax, policy));
        listeners += (nodes[node].listens() ? 1 : 0) - (before ? 1 : 0);
    }

    /** Each node tries again every now and then, and finds the broker at a moment of its own. */
    void startBroker() {
        if (broker.isUp()) {
            return;
        }
        broker.start();
        for (int i = 0; i < nodes.length; i++) {
            int node = i;
            long at = time.nowNanos() + (long) (network.nextDouble() * RECONNECT_NANOS);
            time.plan(at, new Happening() {
                @Override
                void happen() {
                    nodes[node].linkUp(false);
                }
            });
        }
    }
}
