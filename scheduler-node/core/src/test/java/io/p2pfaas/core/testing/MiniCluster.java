package io.p2pfaas.core.testing;

import io.p2pfaas.core.model.EndState;
import io.p2pfaas.core.model.NodeId;
import io.p2pfaas.core.node.BrainSettings;
import io.p2pfaas.core.node.Event;
import io.p2pfaas.core.node.NodeBrain;
import io.p2pfaas.core.policy.SchedulingPolicy;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.random.RandomGenerator.SplittableGenerator;
import java.util.random.RandomGeneratorFactory;

/**
 * Real brains in virtual time around one {@link MiniBroker}: Poisson arrivals at every node, exponential service times.
 * All chance comes from the plan's seed, split into independent streams for arrivals, service, broker and each brain,
 * so that two policies with the same seed see the same calls.
 *
 * <p>Nodes are numbered from 0 and can be killed, restarted, cut off and reconnected at any time between two
 * {@link #run}s. Every event is checked by a {@link Referee}.
 */
public final class MiniCluster {
    private final ClusterPlan plan;
    private final VirtualTime time = new VirtualTime();
    private final MiniBroker broker;
    private final RandomGenerator arrivals;
    private final RandomGenerator service;
    private final SplittableGenerator brains;
    private final List<MiniNode> nodes = new ArrayList<>();
    private final List<Outcome> outcomes = new ArrayList<>();
    private long sessions;
    private long arrived;
    private long arrivedAtTheDead;
    private long diedWithTheirNode;
    private boolean arriving;

    public MiniCluster(ClusterPlan plan) {
        this.plan = plan;
        SplittableGenerator seed = RandomGeneratorFactory.<SplittableGenerator>of("L64X128MixRandom")
                .create(plan.seed());
        arrivals = seed.split();
        service = seed.split();
        broker = new MiniBroker(time, plan, seed.split());
        brains = seed.split();
        for (int i = 0; i < plan.nodes(); i++) {
            nodes.add(newLife(new NodeId("n" + i)));
        }
        nodes.forEach(MiniNode::start);
    }

    private MiniNode newLife(NodeId id) {
        BrainSettings settings = plan.settings(id, ++sessions);
        Referee referee = new Referee(new NodeBrain(settings, plan.policy(), brains.split()), settings);
        return new MiniNode(id, settings.session(), plan, time, broker, referee, outcomes::add);
    }

    /** Lets callers call for this long; what they called for goes on afterwards. */
    public void run(long nanos) {
        long until = time.nowNanos() + nanos;
        if (!arriving) {
            arriving = true;
            for (int i = 0; i < nodes.size(); i++) {
                planArrival(i);
            }
        }
        time.runUntil(until);
    }

    /** No new calls; time goes on for this long. */
    public void calmDown(long nanos) {
        arriving = false;
        time.runUntil(time.nowNanos() + nanos);
    }

    private void planArrival(int node) {
        time.after(exponential(arrivals, plan.interarrivalNanos()), () -> {
            if (arriving) {
                call(node);
                planArrival(node);
            }
        });
    }

    /** One more call, now. */
    public void call(int node) {
        long serviceNanos = exponential(service, (double) plan.serviceNanos());
        MiniNode at = nodes.get(node);
        if (at.isAlive()) {
            arrived++;
            at.call(serviceNanos);
        } else {
            arrivedAtTheDead++;
        }
    }

    /** StrictMath, so that every machine and JDK draws the same. */
    private static long exponential(RandomGenerator random, double mean) {
        return (long) (-mean * StrictMath.log(1 - random.nextDouble()));
    }

    /** The process is gone, with all that it had in flight. */
    public void kill(int node) {
        MiniNode dying = nodes.get(node);
        if (dying.isAlive()) {
            diedWithTheirNode += dying.brain().counters().inFlightFrom(false);
            dying.kill();
        }
    }

    /** A new life of a killed node. */
    public void restart(int node) {
        if (!nodes.get(node).isAlive()) {
            nodes.set(node, newLife(nodes.get(node).id()));
            nodes.get(node).start();
        }
    }

    public void linkDown(int node) {
        nodes.get(node).linkDown();
    }

    public void linkUp(int node) {
        nodes.get(node).linkUp();
    }

    /** Changes bounds and policy of one node. */
    public void reconfigure(int node, int slots, int queueMax, SchedulingPolicy policy) {
        nodes.get(node).reconfigure(new Event.Reconfigured(slots, queueMax, policy));
    }

    public MiniNode node(int index) {
        return nodes.get(index);
    }

    /** How many nodes there are, dead ones included. */
    public int size() {
        return nodes.size();
    }

    public long nowNanos() {
        return time.nowNanos();
    }

    /** In the order in which the calls ended. */
    public List<Outcome> outcomes() {
        return List.copyOf(outcomes);
    }

    /** Callers' calls that reached a living node. */
    public long arrived() {
        return arrived;
    }

    /** Calls of callers whose node was dead already. */
    public long arrivedAtTheDead() {
        return arrivedAtTheDead;
    }

    /** Callers' calls that were in flight on a node when it was killed: their callers see a broken connection. */
    public long diedWithTheirNode() {
        return diedWithTheirNode;
    }

    public long endedIn(EndState state) {
        return outcomes.stream().filter(o -> o.end().state() == state).count();
    }

    /** pB: the share of calls that nobody took. */
    public double lossShare() {
        return (double) endedIn(EndState.REJECTED) / arrived;
    }

    public Packets packets() {
        return broker.packets();
    }
}
