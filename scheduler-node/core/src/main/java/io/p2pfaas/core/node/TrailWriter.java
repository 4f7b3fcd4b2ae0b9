package io.p2pfaas.core.node;

import io.p2pfaas.core.model.CallTrail;
import io.p2pfaas.core.model.CallTrail.Candidate;
import io.p2pfaas.core.model.CallTrail.Decided;
import io.p2pfaas.core.model.End;
import io.p2pfaas.core.model.NodeId;
import io.p2pfaas.core.model.Reason;
import io.p2pfaas.core.model.Sample;
import io.p2pfaas.core.peers.Peer;
import io.p2pfaas.core.policy.Decision;
import io.p2pfaas.core.policy.PeerView;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Writes what is decided about a call, in words, on the trail of those calls that have one. */
final class TrailWriter {
    /** As many as somebody reads. */
    private static final int MAX_CANDIDATES = 12;

    private final Context context;
    private final TrackedCall tracked;
    private final CallTrail trail;

    private TrailWriter(Context context, TrackedCall tracked, CallTrail trail) {
        this.context = context;
        this.tracked = tracked;
        this.trail = trail;
    }

    /** Null if the call has no trail. */
    static @Nullable TrailWriter of(Context context, TrackedCall tracked) {
        CallTrail trail = tracked.trail();
        return trail == null ? null : new TrailWriter(context, tracked, trail);
    }

    /** Writes a decision down before it is carried out. */
    void decided(String policy, Decision decision) {
        trail.decided(
                new Decided(context.nowNanos, policy, words(decision), context.admission.load(), candidates(decision)));
    }

    /** Tells of the decision, in the words of what became of it. */
    void tell(int place) {
        Decided last = trail.lastDecision();
        if (last != null) {
            context.out.add(place, new Effect.Decided(tracked.call(), last));
        }
    }

    private String words(Decision decision) {
        if (decision instanceof Decision.Forward forward) {
            return "forward " + forward.peer();
        } else if (decision instanceof Decision.Offer offer) {
            return "offer " + offer.group().name().toLowerCase(Locale.ROOT);
        } else if (decision instanceof Decision.ProbeFirst probe) {
            return "probe " + probe.peers().stream().map(NodeId::value).collect(Collectors.joining(","));
        } else if (decision instanceof Decision.WaitUntil wait) {
            return "wait " + TimeUnit.NANOSECONDS.toMillis(Math.max(0, wait.atNanos() - context.nowNanos)) + " ms";
        } else if (decision instanceof Decision.Reject reject) {
            return rejected(reject.reason());
        }
        return "run here";
    }

    static String rejected(Reason reason) {
        return "reject " + reason.label();
    }

    static String refused(Reason reason) {
        return "refused " + reason.label();
    }

    static String ended(End end) {
        Reason reason = end.reason();
        return reason == null ? "done" : reason.label();
    }

    /** First those that the policy looked at, then others that are there. */
    private List<Candidate> candidates(Decision decision) {
        if (!trail.namesCandidates()) {
            return List.of();
        }
        List<NodeId> seen = new ArrayList<>();
        tracked.lookedAt.forEach(peer -> add(peer.id(), seen));
        tracked.probeAnswers().forEach(answer -> add(answer.node(), seen));
        if (decision instanceof Decision.Forward forward) {
            add(forward.peer(), seen);
        } else if (decision instanceof Decision.ProbeFirst probe) {
            probe.peers().forEach(peer -> add(peer, seen));
        }
        List<Candidate> candidates = new ArrayList<>();
        seen.forEach(peer -> candidates.add(candidate(peer, true)));
        for (Peer peer : context.peers.all()) {
            boolean isOther = !seen.contains(peer.id())
                    && context.peers.isLive(peer.id(), tracked.call().function());
            if (isOther && candidates.size() < MAX_CANDIDATES) {
                candidates.add(candidate(peer.id(), false));
            }
        }
        return candidates;
    }

    private static void add(NodeId peer, List<NodeId> seen) {
        if (seen.size() < MAX_CANDIDATES && !seen.contains(peer)) {
            seen.add(peer);
        }
    }

    private Candidate candidate(NodeId id, boolean isLookedAt) {
        Peer peer = context.peers.find(id);
        Sample sample = peer == null ? null : peer.sample();
        PeerView view = context.peers.view(id, context.nowNanos);
        return new Candidate(
                id, sample == null ? null : sample.load(), view.ageNanos(), view.load() != null, isLookedAt);
    }
}
