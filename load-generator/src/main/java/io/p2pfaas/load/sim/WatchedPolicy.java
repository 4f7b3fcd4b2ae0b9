package io.p2pfaas.load.sim;

import io.p2pfaas.core.model.EndState;
import io.p2pfaas.core.model.Load;
import io.p2pfaas.core.model.NodeId;
import io.p2pfaas.core.policy.CallView;
import io.p2pfaas.core.policy.ClusterView;
import io.p2pfaas.core.policy.Decision;
import io.p2pfaas.core.policy.LearningView;
import io.p2pfaas.core.policy.PeerView;
import io.p2pfaas.core.policy.SchedulingPolicy;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** A policy that is left as it is, and a note of how old the samples were that it looked at. */
record WatchedPolicy(SchedulingPolicy policy, SampleAges ages) implements SchedulingPolicy {
    @Override
    public Decision decide(CallView call, ClusterView cluster, RandomGenerator random) {
        return policy.decide(call, new Watched(cluster, ages), random);
    }

    @Override
    public void ended(CallView call, EndState state, ClusterView cluster) {
        policy.ended(call, state, cluster);
    }

    @Override
    public String describe() {
        return policy.describe();
    }

    @Override
    public Needs needs() {
        return policy.needs();
    }

    private record Watched(ClusterView view, SampleAges ages) implements ClusterView {
        @Override
        public long nowNanos() {
            return view.nowNanos();
        }

        @Override
        public NodeId self() {
            return view.self();
        }

        @Override
        public Load own() {
            return view.own();
        }

        @Override
        public boolean linkUp() {
            return view.linkUp();
        }

        @Override
        public int unacknowledged() {
            return view.unacknowledged();
        }

        @Override
        public int maxUnacknowledged() {
            return view.maxUnacknowledged();
        }

        @Override
        public long linkRoundTripNanos() {
            return view.linkRoundTripNanos();
        }

        @Override
        public List<PeerView> drawCandidates(int count, RandomGenerator random) {
            List<PeerView> drawn = view.drawCandidates(count, random);
            for (PeerView peer : drawn) {
                noted(peer);
            }
            return drawn;
        }

        @Override
        public List<PeerView> drawLive(int count, RandomGenerator random) {
            return view.drawLive(count, random);
        }

        @Override
        public @Nullable PeerView newestToken() {
            return view.newestToken();
        }

        @Override
        public PeerView peer(NodeId id) {
            return noted(view.peer(id));
        }

        @Override
        public LearningView learning() {
            return view.learning();
        }

        private PeerView noted(PeerView peer) {
            if (peer.load() != null) {
                ages.used(peer.ageNanos());
            }
            return peer;
        }
    }
}
