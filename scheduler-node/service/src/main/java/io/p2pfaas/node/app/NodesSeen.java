package io.p2pfaas.node.app;

import io.p2pfaas.core.model.FunctionName;
import io.p2pfaas.core.model.NodeId;
import io.p2pfaas.core.node.NodeBrain;
import io.p2pfaas.core.peers.Peer;
import io.p2pfaas.core.peers.PeerState;
import io.p2pfaas.node.watch.EventLog;
import io.p2pfaas.node.watch.NodeFacts;
import io.p2pfaas.node.wire.Presence;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** What presence messages said of nodes beside what the brain needs, and who came and went. Bounded, thread-safe. */
final class NodesSeen {
    private static final int MAX_NODES = 4096;
    private static final int MAX_LEFT = 256;

    private final NodeId self;
    private final EventLog events;
    private final Map<NodeId, Presence> byId = new ConcurrentHashMap<>();
    /** The oldest first. */
    private final Set<NodeId> left = new LinkedHashSet<>();

    NodesSeen(NodeId self, EventLog events) {
        this.self = self;
        this.events = events;
    }

    /** A presence was heard; the broker repeats them after each connect. */
    void note(Presence heard) {
        NodeId id = heard.node();
        if (id.equals(self)) {
            return;
        }
        if (heard.state() == PeerState.LOST) {
            Presence before = byId.get(id);
            if (before != null && heard.session() >= before.session()) {
                byId.remove(id);
                boolean saidSo = heard.session() == Long.MAX_VALUE;
                noteLeft(id, saidSo);
                events.add(
                        saidSo ? "peer_left" : "peer_lost", id + (saidSo ? " has left" : " is gone, says the broker"));
            }
            return;
        }
        if (byId.size() >= MAX_NODES && !byId.containsKey(id)) {
            return;
        }
        noteLeft(id, false);
        Presence before = byId.put(id, heard);
        if (before == null || before.session() < heard.session()) {
            events.add(
                    before == null ? "peer_came" : "peer_restarted",
                    id + (before == null ? " is there" : " started again"));
        } else if (before.state() != heard.state()) {
            events.add(
                    "peer_" + heard.state().label(), id + " is " + heard.state().label());
        }
    }

    private void noteLeft(NodeId id, boolean isSo) {
        synchronized (left) {
            left.remove(id);
            if (isSo) {
                if (left.size() == MAX_LEFT) {
                    left.remove(left.iterator().next());
                }
                left.add(id);
            }
        }
    }

    /** Who is not there any more and has said so. */
    Set<NodeId> left() {
        synchronized (left) {
            return Set.copyOf(left);
        }
    }

    /** This node and all that the brain knows. To be called while nothing changes in the brain. */
    List<NodeFacts.PeerFacts> facts(NodeBrain brain, Self own, long nowNanos) {
        List<NodeFacts.PeerFacts> facts = new ArrayList<>();
        facts.add(new NodeFacts.PeerFacts(
                self,
                true,
                own.state(),
                false,
                own.http(),
                Version.text(),
                own.functions(),
                Optional.of(brain.load()),
                0));
        for (Peer peer : brain.peers()) {
            Presence presence = byId.get(peer.id());
            facts.add(new NodeFacts.PeerFacts(
                    peer.id(),
                    false,
                    peer.state(),
                    peer.isSuspect(),
                    presence == null ? "" : presence.http(),
                    presence == null ? "" : presence.version(),
                    peer.functions(),
                    Optional.ofNullable(peer.sample()).map(sample -> sample.load()),
                    peer.ageNanos(nowNanos)));
        }
        return facts;
    }

    /** What this node says of itself. */
    record Self(PeerState state, String http, Set<FunctionName> functions) {}
}
