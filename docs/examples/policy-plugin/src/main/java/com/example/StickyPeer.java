package com.example;

import io.p2pfaas.core.model.NodeId;
import io.p2pfaas.core.policy.Attempt;
import io.p2pfaas.core.policy.CallView;
import io.p2pfaas.core.policy.ClusterView;
import io.p2pfaas.core.policy.Decision;
import io.p2pfaas.core.policy.Parameters;
import io.p2pfaas.core.policy.PeerView;
import io.p2pfaas.core.policy.PolicyProvider;
import io.p2pfaas.core.policy.SchedulingPolicy;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * {@code StickyPeer(attempts)}: win, stay; lose, shift. What does not fit here goes to the peer that took the last such
 * call. When that one refuses, another is drawn, and kept if it takes the call. It needs no load samples and no probes:
 * a refusal is all that it learns from.
 *
 * <p>Example: n1 is full and its favourite is n2. Three calls go to n2. The fourth is refused there; n1 draws n3, which
 * takes it, and sends the next ones to n3. With {@code attempts} refusals the call waits here.
 *
 * <p>One class is the whole plug-in: made without parameters it is what the node finds in the jar, and it makes the
 * policies that decide.
 */
public final class StickyPeer implements PolicyProvider, SchedulingPolicy {
    private static final int MOST_PEERS = 1_000;

    private final int attempts;
    /** A node asks one policy from one thread at a time, so a field is all the memory that is needed. */
    private NodeId favourite;

    /** For the node, which asks it for its name and for policies. */
    public StickyPeer() {
        this(2);
    }

    private StickyPeer(int attempts) {
        this.attempts = attempts;
    }

    @Override
    public String name() {
        return "StickyPeer";
    }

    @Override
    public SchedulingPolicy create(Parameters parameters) {
        return new StickyPeer(parameters.integer(0, "attempts", 1, 8, 2));
    }

    @Override
    public Decision decide(CallView call, ClusterView cluster, RandomGenerator random) {
        forgetWhoRefused(call);
        if (cluster.own().hasFreeSlot() || !cluster.linkUp() || call.attempts().size() >= attempts) {
            return new Decision.RunHere(true);
        }
        // In random order, without peers that had this call, have not its function or are not there.
        List<PeerView> peers = cluster.drawLive(MOST_PEERS, random);
        if (peers.isEmpty()) {
            return new Decision.RunHere(true);
        }
        if (peers.stream().noneMatch(peer -> peer.id().equals(favourite))) {
            favourite = peers.get(0).id();
        }
        return new Decision.Forward(favourite);
    }

    private void forgetWhoRefused(CallView call) {
        for (Attempt attempt : call.attempts()) {
            if (attempt.peer() != null && attempt.peer().equals(favourite)) {
                favourite = null;
            }
        }
    }

    @Override
    public String describe() {
        return "StickyPeer(" + attempts + ")";
    }
}
