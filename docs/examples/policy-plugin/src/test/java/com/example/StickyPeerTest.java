package com.example;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.p2pfaas.core.model.Arrival;
import io.p2pfaas.core.model.Call;
import io.p2pfaas.core.model.FunctionName;
import io.p2pfaas.core.model.Load;
import io.p2pfaas.core.model.NodeId;
import io.p2pfaas.core.model.Payload;
import io.p2pfaas.core.model.Reason;
import io.p2pfaas.core.model.Routing;
import io.p2pfaas.core.model.Sample;
import io.p2pfaas.core.policy.Attempt;
import io.p2pfaas.core.policy.CallView;
import io.p2pfaas.core.policy.ClusterView;
import io.p2pfaas.core.policy.Decision;
import io.p2pfaas.core.policy.Parameters;
import io.p2pfaas.core.policy.PeerView;
import io.p2pfaas.core.policy.SchedulingPolicy;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/** A policy decides from what it is shown, so a test shows it what it likes. */
class StickyPeerTest {
    private static final NodeId N2 = new NodeId("n2");
    private static final NodeId N3 = new NodeId("n3");
    private static final Decision HERE = new Decision.RunHere(true);
    private static final Load FREE = new Load(3, 4, 0, 4);
    private static final Load FULL = new Load(4, 4, 0, 4);

    private final SchedulingPolicy policy = new StickyPeer().create(new Parameters("StickyPeer", List.of("2")));

    private Decision decide(Load own, List<NodeId> livePeers, Attempt... attempts) {
        return policy.decide(new Asked(List.of(attempts)), new Shown(own, livePeers), new SplittableRandom(1));
    }

    private static Attempt refusedBy(NodeId peer) {
        return new Attempt(null, peer, Reason.NO_SLOT);
    }

    @Test
    void runs_here_while_a_slot_is_free() {
        assertEquals(HERE, decide(FREE, List.of(N2, N3)));
    }

    @Test
    void stays_with_the_peer_that_took_the_last_call() {
        assertEquals(new Decision.Forward(N2), decide(FULL, List.of(N2, N3)));
        assertEquals(new Decision.Forward(N2), decide(FULL, List.of(N3, N2)));
    }

    @Test
    void shifts_when_that_peer_refuses() {
        decide(FULL, List.of(N2, N3));

        assertEquals(new Decision.Forward(N3), decide(FULL, List.of(N3), refusedBy(N2)));
        assertEquals(new Decision.Forward(N3), decide(FULL, List.of(N2, N3)));
    }

    @Test
    void waits_here_after_its_attempts_or_when_nobody_is_there() {
        assertEquals(HERE, decide(FULL, List.of(N2, N3), refusedBy(N2), refusedBy(N3)));
        assertEquals(HERE, decide(FULL, List.of()));
    }

    @Test
    void refuses_parameters_out_of_range() {
        Parameters tooMany = new Parameters("StickyPeer", List.of("9"));
        assertThrows(IllegalArgumentException.class, () -> new StickyPeer().create(tooMany));
        assertEquals("StickyPeer(2)", policy.describe());
    }

    private record Asked(List<Attempt> attempts) implements CallView {
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
        public boolean probed() {
            return false;
        }

        @Override
        public List<Sample> probeAnswers() {
            return List.of();
        }
    }

    private record Shown(Load own, List<NodeId> livePeers) implements ClusterView {
        @Override
        public long nowNanos() {
            return 0;
        }

        @Override
        public NodeId self() {
            return new NodeId("n1");
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
            return drawLive(count, random);
        }

        @Override
        public List<PeerView> drawLive(int count, RandomGenerator random) {
            return livePeers.stream().limit(count).map(this::peer).toList();
        }

        @Override
        public PeerView peer(NodeId id) {
            return new PeerView(id, null, Long.MAX_VALUE, 0);
        }
    }
}
