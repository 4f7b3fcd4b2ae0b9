package io.p2pfaas.core.policy;

import io.p2pfaas.core.learn.Learner;
import io.p2pfaas.core.model.Load;
import io.p2pfaas.core.model.NodeId;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** A cluster as a test wants a policy to see it. Draws peers in the order in which they were added. */
final class FakeView implements ClusterView, LearningView {
    private final Load own;
    private final List<PeerView> peers = new ArrayList<>();
    private final List<NodeId> tokens = new ArrayList<>();
    private final List<NodeId> tried = new ArrayList<>();
    private boolean linkUp = true;
    private int unacknowledged;
    private long linkRoundTripNanos;
    private long nowNanos;
    private long latencyNanos = -1;
    private final int[] running = new int[8];
    private final int[] queued = new int[8];
    private @Nullable Learner learner;

    private FakeView(Load own) {
        this.own = own;
    }

    static FakeView of(int running, int slots, int queued, int queueMax) {
        return new FakeView(new Load(running, slots, queued, queueMax));
    }

    /** A peer with four slots and four places whose sample is fresh. */
    FakeView peer(String id, int load, int unseenForwards) {
        int running = Math.min(load, 4);
        peers.add(new PeerView(new NodeId(id), new Load(running, 4, load - running, 4), 1_000, unseenForwards));
        return this;
    }

    /** A peer with four slots and four places, a sample of this age, and calls that take so long there. */
    FakeView peer(String id, int load, int unseenForwards, long ageMillis, long latencyMillis) {
        int running = Math.min(load, 4);
        peers.add(new PeerView(
                new NodeId(id),
                new Load(running, 4, load - running, 4),
                ageMillis * 1_000_000,
                unseenForwards,
                latencyMillis < 0 ? -1 : latencyMillis * 1_000_000));
        return this;
    }

    /** How long calls take here. */
    FakeView latency(long millis) {
        latencyNanos = millis * 1_000_000;
        return this;
    }

    /** A live peer of which no fresh sample is known. */
    FakeView unknownPeer(String id) {
        peers.add(new PeerView(new NodeId(id), null, Long.MAX_VALUE, 0));
        return this;
    }

    /** A token of this peer; the last one is the newest. */
    FakeView token(String id) {
        tokens.add(0, new NodeId(id));
        return this;
    }

    FakeView linkDown() {
        linkUp = false;
        return this;
    }

    FakeView manyUnacknowledged() {
        unacknowledged = maxUnacknowledged();
        return this;
    }

    FakeView at(long nanos) {
        nowNanos = nanos;
        return this;
    }

    FakeView slowLink() {
        linkRoundTripNanos = 300_000_000;
        return this;
    }

    /** Excludes what was tried for this call already. */
    FakeView about(CallView call) {
        call.attempts().forEach(attempt -> {
            NodeId peer = attempt.peer();
            if (peer != null) {
                tried.add(peer);
            }
        });
        return this;
    }

    FakeView learner(Learner newLearner) {
        learner = newLearner;
        return this;
    }

    FakeView running(int taskType, int calls) {
        running[taskType] = calls;
        return this;
    }

    FakeView queued(int taskType, int calls) {
        queued[taskType] = calls;
        return this;
    }

    @Override
    public LearningView learning() {
        return this;
    }

    @Override
    public Learner learner() {
        if (learner == null) {
            throw new IllegalStateException("the test gave no learner");
        }
        return learner;
    }

    @Override
    public int running(int taskType) {
        return running[taskType];
    }

    @Override
    public int queued(int taskType) {
        return queued[taskType];
    }

    @Override
    public @Nullable NodeId listed(int place) {
        return place < peers.size() ? peers.get(place).id() : null;
    }

    @Override
    public long nowNanos() {
        return nowNanos;
    }

    @Override
    public NodeId self() {
        return new NodeId("me");
    }

    @Override
    public Load own() {
        return own;
    }

    @Override
    public boolean linkUp() {
        return linkUp;
    }

    @Override
    public int unacknowledged() {
        return unacknowledged;
    }

    @Override
    public int maxUnacknowledged() {
        return 10;
    }

    @Override
    public long linkRoundTripNanos() {
        return linkRoundTripNanos;
    }

    @Override
    public List<PeerView> drawCandidates(int count, RandomGenerator random) {
        return drawLive(Integer.MAX_VALUE, random).stream()
                .filter(peer -> peer.load() != null)
                .limit(count)
                .toList();
    }

    @Override
    public List<PeerView> drawLive(int count, RandomGenerator random) {
        return peers.stream()
                .filter(peer -> !tried.contains(peer.id()))
                .limit(count)
                .toList();
    }

    @Override
    public @Nullable PeerView newestToken() {
        return tokens.stream()
                .filter(giver -> !tried.contains(giver))
                .findFirst()
                .map(this::peer)
                .orElse(null);
    }

    @Override
    public PeerView peer(NodeId id) {
        if (id.equals(self())) {
            return new PeerView(id, own, 0, 0, latencyNanos);
        }
        return peers.stream()
                .filter(peer -> peer.id().equals(id))
                .findFirst()
                .orElse(new PeerView(id, null, Long.MAX_VALUE, 0));
    }
}
