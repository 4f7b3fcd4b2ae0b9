package io.p2pfaas.core.policy;

import io.p2pfaas.core.model.Load;
import io.p2pfaas.core.model.NodeId;
import io.p2pfaas.core.model.Reason;
import io.p2pfaas.core.model.Sample;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * The power of N choices with a threshold, the default of P2PFaaS: below the threshold a call runs where it is; above
 * it, F random peers are probed and the call goes to the least loaded one, if that is less loaded than this node.
 *
 * <p>Example, F=2, T=2: this node has load 3. It probes n2 (load 1) and n5 (load 2): n2 gets the call. Had both
 * answered 3 or more, or not at all, the call would stay.
 *
 * <p>A peer that does not answer is unknown and never chosen. If the chosen peer refuses, the next lighter answer is
 * tried, then the call runs here. {@code loss} forbids the local queue.
 *
 * <p>Weakness: each decision costs a probe's round trip and 2F messages. With F=1 most overflow misses the idle
 * nodes. Choose {@link BrokerMatch} unless you compare with published results. Source: Mitzenmacher, "The Power of Two
 * Choices in Randomized Load Balancing", 2001; threshold form: P2PFaaS.
 *
 * <p>{@code faithful} chooses as P2PFaaS does: by lot among all probed peers that are not heavier than this node, and a
 * call that this one refuses is lost.
 *
 * @param fanOut F, peers to probe
 * @param threshold T, the load from which on peers are asked
 * @param loss true to reject rather than queue here
 * @param maxHops how often a call may change nodes
 * @param faithful as P2PFaaS does, for comparisons in papers
 */
public record PowerOfNScheduler(int fanOut, int threshold, boolean loss, int maxHops, boolean faithful)
        implements SchedulingPolicy {
    static final String NAME = "PowerOfNScheduler";

    /** By the correct rule. */
    public PowerOfNScheduler(int fanOut, int threshold, boolean loss, int maxHops) {
        this(fanOut, threshold, loss, maxHops, false);
    }

    static PowerOfNScheduler of(Parameters parameters, boolean faithful) {
        return new PowerOfNScheduler(
                parameters.integer(0, "F", 1, 64, 1),
                parameters.integer(1, "T", 0, 1_000_000, 2),
                parameters.truth(2, "loss", true),
                parameters.integer(3, "maxHops", 0, 16, 1),
                faithful);
    }

    @Override
    public Decision decide(CallView call, ClusterView cluster, RandomGenerator random) {
        int ownLoad = cluster.own().total();
        Decision here = new Decision.RunHere(!loss);
        if (ownLoad < threshold || call.call().hops() >= maxHops || !cluster.linkUp()) {
            return here;
        }
        if (!call.probed()) {
            List<NodeId> peers =
                    cluster.drawLive(fanOut, random).stream().map(PeerView::id).toList();
            return peers.isEmpty() ? here : new Decision.ProbeFirst(peers);
        }
        if (faithful && !call.attempts().isEmpty()) {
            return new Decision.Reject(Reason.NO_TAKER);
        }
        NodeId chosen = faithful ? anyNotHeavierThan(ownLoad, call, random) : lightestBelow(ownLoad, call);
        return chosen == null ? here : new Decision.Forward(chosen);
    }

    private static @Nullable NodeId anyNotHeavierThan(int ownLoad, CallView call, RandomGenerator random) {
        List<NodeId> choice = call.probeAnswers().stream()
                .filter(answer -> answer.load().total() <= ownLoad)
                .map(Sample::node)
                .toList();
        return choice.isEmpty() ? null : choice.get(random.nextInt(choice.size()));
    }

    private static @Nullable NodeId lightestBelow(int ownLoad, CallView call) {
        NodeId lightest = null;
        int least = ownLoad;
        for (Sample answer : call.probeAnswers()) {
            Load load = answer.load();
            if (load.total() < least && !call.tried(answer.node())) {
                lightest = answer.node();
                least = load.total();
            }
        }
        return lightest;
    }

    String parametersText() {
        return fanOut + ", " + threshold + ", " + loss + ", " + maxHops;
    }

    @Override
    public String describe() {
        return NAME + "(" + parametersText() + ")" + (faithful ? " faithful" : "");
    }
}
