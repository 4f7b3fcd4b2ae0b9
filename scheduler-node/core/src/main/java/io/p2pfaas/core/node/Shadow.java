package io.p2pfaas.core.node;

import io.p2pfaas.core.model.Call;
import io.p2pfaas.core.model.Load;
import io.p2pfaas.core.model.NodeId;
import io.p2pfaas.core.model.Sample;
import io.p2pfaas.core.policy.Attempt;
import io.p2pfaas.core.policy.CallView;
import io.p2pfaas.core.policy.ClusterView;
import io.p2pfaas.core.policy.Decision;
import io.p2pfaas.core.policy.DecisionKind;
import io.p2pfaas.core.policy.PolicyFault;
import io.p2pfaas.core.policy.SchedulingPolicy;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * A second policy that is shown what the real one is shown and whose decisions are only counted. It changes nothing:
 * it has a chance of its own, peers drawn for it leave no trace, what it lives on is not provided, and its faults touch
 * no call. It is asked whenever the real one is, so for a call whose first attempt failed also about the next.
 */
final class Shadow {
    private final SchedulingPolicy policy;
    private final RandomGenerator random;
    private final Context context;
    private final Faults faults;

    Shadow(SchedulingPolicy policy, RandomGenerator random, Context context) {
        this.policy = policy;
        this.random = random;
        this.context = context;
        this.faults = new Faults(policy, true);
    }

    SchedulingPolicy policy() {
        return policy;
    }

    /** A call as the shadow sees it: it cannot leave anything on the real one. */
    private record Seen(CallView real, boolean probed, List<Sample> probeAnswers) implements CallView {
        @Override
        public Call call() {
            return real.call();
        }

        @Override
        public long arrivedNanos() {
            return real.arrivedNanos();
        }

        @Override
        public List<Attempt> attempts() {
            return List.copyOf(real.attempts());
        }

        @Override
        public boolean tried(NodeId peer) {
            return real.tried(peer);
        }
    }

    /** Counts what the shadow would have done beside what is done. */
    void watch(CallView call, ClusterView view, Decision real) {
        ShadowCounts counts = context.counters.shadow;
        Decision would = context.peers.undisturbed(() -> ask(call, view));
        DecisionKind kind = would == null ? DecisionKind.FAULT : DecisionKind.of(would);
        counts.count(DecisionKind.of(real), kind);
        if (would instanceof Decision.Forward && would.equals(real)) {
            counts.samePeer++;
        }
    }

    private @Nullable Decision ask(CallView call, ClusterView view) {
        Decision would = decide(new Seen(call, call.probed(), List.copyOf(call.probeAnswers())), view);
        if (would instanceof Decision.ProbeFirst probe && !call.probed()) {
            List<Sample> known = known(probe.peers(), view);
            if (!known.isEmpty()) {
                // Probes cost messages, which a shadow must not; samples are what they would have brought, a bit older.
                context.counters.shadow.fromSamples++;
                return decide(new Seen(call, true, known), view);
            }
        }
        return would;
    }

    private static List<Sample> known(List<NodeId> peers, ClusterView view) {
        List<Sample> known = new ArrayList<>(peers.size());
        for (NodeId peer : peers) {
            Load load = view.peer(peer).load();
            if (load != null) {
                known.add(new Sample(peer, 0, 0, load));
            }
        }
        return known;
    }

    @SuppressWarnings("NullAway") // A plug-in may answer null, whatever it promises.
    private @Nullable Decision decide(CallView call, ClusterView view) {
        try {
            Decision would = policy.decide(call, view, random);
            if (would == null) {
                context.out.add(faults.add(PolicyFault.NO_DECISION, "it answered null"));
            }
            return would;
        } catch (Throwable thrown) { // As with the real one.
            context.out.add(faults.thrown(thrown));
            return null;
        }
    }
}
