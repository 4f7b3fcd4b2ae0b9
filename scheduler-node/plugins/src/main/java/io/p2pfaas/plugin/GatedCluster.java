package io.p2pfaas.plugin;

import io.p2pfaas.core.model.Load;
import io.p2pfaas.core.model.NodeId;
import io.p2pfaas.core.policy.ClusterView;
import io.p2pfaas.core.policy.PeerView;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * A cluster as a plug-in sees it.
 *
 * @param random what the node gave: peers are drawn with it and with no other, since a generator of the plug-in's would
 *     run its code behind the gate
 */
record GatedCluster(Gate gate, ClusterView view, RandomGenerator random) implements ClusterView {
    @Override
    public long nowNanos() {
        return gate.pass(view::nowNanos);
    }

    @Override
    public NodeId self() {
        return gate.pass(view::self);
    }

    @Override
    public Load own() {
        return gate.pass(view::own);
    }

    @Override
    public boolean linkUp() {
        return gate.pass(view::linkUp);
    }

    @Override
    public int unacknowledged() {
        return gate.pass(view::unacknowledged);
    }

    @Override
    public int maxUnacknowledged() {
        return gate.pass(view::maxUnacknowledged);
    }

    @Override
    public long linkRoundTripNanos() {
        return gate.pass(view::linkRoundTripNanos);
    }

    @Override
    public List<PeerView> drawCandidates(int count, RandomGenerator ignored) {
        return gate.pass(() -> view.drawCandidates(count, random));
    }

    @Override
    public List<PeerView> drawLive(int count, RandomGenerator ignored) {
        return gate.pass(() -> view.drawLive(count, random));
    }

    @Override
    public PeerView peer(NodeId id) {
        return gate.pass(() -> view.peer(id));
    }
}
