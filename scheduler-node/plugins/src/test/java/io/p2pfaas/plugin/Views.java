package io.p2pfaas.plugin;

import io.p2pfaas.core.model.Arrival;
import io.p2pfaas.core.model.Call;
import io.p2pfaas.core.model.FunctionName;
import io.p2pfaas.core.model.Load;
import io.p2pfaas.core.model.NodeId;
import io.p2pfaas.core.model.Payload;
import io.p2pfaas.core.model.Routing;
import io.p2pfaas.core.model.Sample;
import io.p2pfaas.core.policy.Attempt;
import io.p2pfaas.core.policy.CallView;
import io.p2pfaas.core.policy.ClusterView;
import io.p2pfaas.core.policy.PeerView;
import java.util.List;
import java.util.random.RandomGenerator;

/** A node with one busy slot and one peer, as a policy is shown it. */
final class Views {
    static final NodeId PEER = new NodeId("n2");

    private Views() {}

    static final class OfCall implements CallView {
        @Override
        public Call call() {
            return new Call(
                    1,
                    new FunctionName("f"),
                    Arrival.CLIENT,
                    List.of(),
                    Long.MAX_VALUE,
                    0,
                    true,
                    Routing.POLICY,
                    0,
                    Payload.NONE);
        }

        @Override
        public long arrivedNanos() {
            return 0;
        }

        @Override
        public List<Attempt> attempts() {
            return List.of();
        }

        @Override
        public boolean probed() {
            return false;
        }

        @Override
        public List<Sample> probeAnswers() {
            return List.of();
        }
    }

    static final class OfCluster implements ClusterView {
        @Override
        public long nowNanos() {
            return 7;
        }

        @Override
        public NodeId self() {
            return new NodeId("n1");
        }

        @Override
        public Load own() {
            return new Load(1, 1, 0, 0);
        }

        @Override
        public boolean linkUp() {
            return true;
        }

        @Override
        public int unacknowledged() {
            return 0;
        }

        @Override
        public int maxUnacknowledged() {
            return 256;
        }

        @Override
        public long linkRoundTripNanos() {
            return 0;
        }

        @Override
        public List<PeerView> drawCandidates(int count, RandomGenerator random) {
            return List.of();
        }

        @Override
        public List<PeerView> drawLive(int count, RandomGenerator random) {
            random.nextLong();
            return List.of(peer(PEER));
        }

        @Override
        public PeerView peer(NodeId id) {
            return new PeerView(id, null, Long.MAX_VALUE, 0);
        }
    }
}
