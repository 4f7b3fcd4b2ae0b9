package io.p2pfaas.core.peers;

import io.p2pfaas.core.model.FunctionName;
import io.p2pfaas.core.model.NodeId;
import io.p2pfaas.core.model.Sample;
import io.p2pfaas.core.policy.PeerView;
import java.util.Collections;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What this node last heard of one peer. */
public final class Peer {
    private final NodeId id;
    private PeerState state = PeerState.LOST;
    private long session = -1;
    private Set<FunctionName> functions = Set.of();
    private @Nullable Sample sample;
    private long sampleNanos;
    private int unseenForwards;
    private boolean suspect;

    Peer(NodeId id) {
        this.id = id;
    }

    public NodeId id() {
        return id;
    }

    public PeerState state() {
        return state;
    }

    /** The peer's session, -1 before its first presence. */
    public long session() {
        return session;
    }

    /** The functions that its presence names. */
    public Set<FunctionName> functions() {
        return functions;
    }

    /** The last sample, however old; null if there was none in this session. */
    public @Nullable Sample sample() {
        return sample;
    }

    /** Age of the last sample, {@link Long#MAX_VALUE} without one. */
    public long ageNanos(long nowNanos) {
        return sample == null ? Long.MAX_VALUE : nowNanos - sampleNanos;
    }

    /** Whether it stayed silent when asked, and has not been heard of since. */
    public boolean isSuspect() {
        return suspect;
    }

    void present(PeerState newState, long newSession, Set<FunctionName> newFunctions) {
        if (newSession != session) {
            sample = null;
            unseenForwards = 0;
        }
        state = newState;
        session = newSession;
        functions = Set.copyOf(newFunctions);
        suspect = false;
    }

    boolean hear(Sample heard, long nowNanos) {
        if (heard.session() < session) {
            return false;
        }
        suspect = false;
        if (sample != null && !heard.isNewerThan(sample)) {
            return false;
        }
        sample = heard;
        sampleNanos = nowNanos;
        unseenForwards = 0;
        return true;
    }

    void suspect() {
        suspect = true;
    }

    void forwarded() {
        unseenForwards++;
    }

    void answered() {
        if (unseenForwards > 0) {
            unseenForwards--;
        }
    }

    boolean isLive(FunctionName function) {
        return state == PeerState.ONLINE && !suspect && functions.contains(function);
    }

    /** Whether it is there and has one of these functions. */
    public boolean isCompanion(Set<FunctionName> wanted) {
        return state == PeerState.ONLINE && !suspect && !Collections.disjoint(functions, wanted);
    }

    /** Whether it is among the living that users see: online, and heard of not longer ago than this. */
    public boolean isListed(long nowNanos, long staleAfterNanos) {
        return state == PeerState.ONLINE && ageNanos(nowNanos) <= staleAfterNanos;
    }

    boolean isFresh(long nowNanos, long staleAfterNanos) {
        return sample != null && nowNanos - sampleNanos < staleAfterNanos;
    }

    PeerView view(long nowNanos, long staleAfterNanos) {
        return sample != null && isFresh(nowNanos, staleAfterNanos)
                ? new PeerView(id, sample.load(), nowNanos - sampleNanos, unseenForwards, sample.latencyNanos())
                : new PeerView(id, null, ageNanos(nowNanos), unseenForwards);
    }
}
