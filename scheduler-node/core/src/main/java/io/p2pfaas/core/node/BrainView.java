package io.p2pfaas.core.node;

import io.p2pfaas.core.learn.Learner;
import io.p2pfaas.core.model.Load;
import io.p2pfaas.core.model.NodeId;
import io.p2pfaas.core.policy.CallView;
import io.p2pfaas.core.policy.ClusterView;
import io.p2pfaas.core.policy.LearningView;
import io.p2pfaas.core.policy.PeerView;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * The cluster as the policy sees it while it decides about one call.
 *
 * @param mayLeave whether the call may leave this node at all; if not, the policy sees the link as down and decides
 *     itself between running, waiting and rejecting
 * @param lookedAt where the peers are noted that the policy is shown; null if nobody wants to know
 */
record BrainView(
        Context context,
        CallView about,
        boolean mayLeave,
        @Nullable List<PeerView> lookedAt) implements ClusterView, LearningView {
    /** One that does not note what is looked at. */
    BrainView(Context context, CallView about, boolean mayLeave) {
        this(context, about, mayLeave, null);
    }

    @Override
    public long nowNanos() {
        return context.nowNanos;
    }

    @Override
    public NodeId self() {
        return context.settings.self();
    }

    @Override
    public Load own() {
        return context.admission.load();
    }

    @Override
    public boolean linkUp() {
        return mayLeave;
    }

    @Override
    public int unacknowledged() {
        return context.unacknowledged;
    }

    @Override
    public int maxUnacknowledged() {
        return context.settings.maxUnacknowledged();
    }

    @Override
    public long linkRoundTripNanos() {
        return context.linkRoundTripNanos;
    }

    @Override
    public List<PeerView> drawCandidates(int count, RandomGenerator random) {
        return draw(count, true, random);
    }

    @Override
    public List<PeerView> drawLive(int count, RandomGenerator random) {
        return draw(count, false, random);
    }

    private List<PeerView> draw(int count, boolean freshOnly, RandomGenerator random) {
        List<PeerView> drawn = context.peers.draw(
                count, about.call().function(), freshOnly, this::isExcluded, context.nowNanos, random);
        if (lookedAt != null) {
            lookedAt.addAll(drawn);
        }
        return drawn;
    }

    private boolean isExcluded(NodeId peer) {
        return about.call().path().contains(peer) || about.tried(peer);
    }

    @Override
    public @Nullable PeerView newestToken() {
        PeerView giver = context.tokens.newest(about.call().function(), this::isExcluded, context.nowNanos);
        if (lookedAt != null && giver != null) {
            lookedAt.add(giver);
        }
        return giver;
    }

    @Override
    public LearningView learning() {
        return this;
    }

    @Override
    public Learner learner() {
        return context.learner;
    }

    @Override
    public int running(int taskType) {
        return context.admission.running(taskType);
    }

    @Override
    public int queued(int taskType) {
        return context.admission.queued(taskType);
    }

    @Override
    public @Nullable NodeId listed(int place) {
        NodeId peer = mayLeave ? context.peers.listed(place, context.nowNanos) : null;
        boolean canGoThere = peer != null
                && context.peers.isLive(peer, about.call().function())
                && !about.call().path().contains(peer)
                && !about.tried(peer);
        return canGoThere ? peer : null;
    }

    @Override
    public PeerView peer(NodeId id) {
        if (id.equals(context.settings.self())) {
            return new PeerView(id, own(), 0, 0, context.sampleClock.latencyNanos(own()));
        }
        return context.peers.view(id, context.nowNanos);
    }
}
