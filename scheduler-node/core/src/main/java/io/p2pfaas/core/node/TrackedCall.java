package io.p2pfaas.core.node;

import io.p2pfaas.core.learn.Choice;
import io.p2pfaas.core.model.Call;
import io.p2pfaas.core.model.CallTrail;
import io.p2pfaas.core.model.End;
import io.p2pfaas.core.model.NodeId;
import io.p2pfaas.core.model.Origin;
import io.p2pfaas.core.model.Reason;
import io.p2pfaas.core.model.Sample;
import io.p2pfaas.core.policy.Attempt;
import io.p2pfaas.core.policy.CallView;
import io.p2pfaas.core.policy.PeerView;
import io.p2pfaas.core.policy.SchedulingPolicy;
import io.p2pfaas.core.policy.SpillGroup;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** A call that this node has in flight, and its one timer. */
final class TrackedCall extends TimerHeap.Timer implements CallView {
    enum Phase {
        /** Being decided about, right now. */
        DECIDING,
        /** Waits for probe answers. */
        PROBING,
        /** Its policy wants to be asked again later. */
        DELAYED,
        /** Waits for a slot. */
        QUEUED,
        /** Holds a slot and waits for its body. */
        BOOKED,
        /** Holds a slot. */
        RUNNING,
        /** Its outcome is known and told, but the execution has not ended: it still holds a slot. */
        ABORTING,
        /** A peer has it, or is being asked. */
        AWAY
    }

    private final Call call;
    private final @Nullable CallTrail trail;
    private @Nullable Origin origin;
    private final long arrivedNanos;
    private List<Attempt> attempts = List.of();
    private List<Sample> probeAnswers = List.of();
    private List<NodeId> chosen = List.of();
    private List<Long> givenUp = List.of();

    private @Nullable Choice choice;

    /** Which of the callers' calls it is; 0 for a peer's. */
    long number;
    /** The policy that was asked about it, and is told of its end; null if none was. */
    @Nullable
    SchedulingPolicy decidedBy;

    /** Where the faults of that policy are told. */
    @Nullable
    Faults faultsOfDecider;

    Phase phase = Phase.DECIDING;
    /** When the last decision that placed the call was made. */
    long placedNanos;
    /** Whether the origin of a peer's call was told that it is accepted. */
    boolean confirmed;
    /** The call came without its body, to book a slot. */
    boolean bodyFollows;
    /** The body of an away call was sent: whoever got it may run the call, and no second node on the strength of one attempt. */
    boolean bodySent;

    /** The broker takes no call of this size: nobody else can have it. */
    boolean tooLargeToSend;

    long startedNanos;
    int delays;
    /** The peers that its policy was shown the last time, if the call has a trail. */
    List<PeerView> lookedAt = List.of();

    boolean probed;
    long probeStartNanos;
    long probingNanos;
    int probesSent;
    /** Peers that were probed and have not answered yet. */
    Set<NodeId> probesOpen = Set.of();

    long probe = -1;

    long attempt = -1;
    long sentNanos;
    int sent;
    boolean unacknowledged;

    @Nullable
    NodeId target;

    @Nullable
    SpillGroup group;
    /** Who said that it has the call; null until somebody did. */
    @Nullable
    NodeId acceptedBy;

    TrackedCall(Call call, @Nullable Origin origin, long arrivedNanos) {
        this.call = call;
        this.trail = call.payload().trail();
        this.origin = origin;
        this.arrivedNanos = arrivedNanos;
        this.placedNanos = arrivedNanos;
    }

    @Override
    public Call call() {
        return call;
    }

    /** Null for nearly every call. */
    @Nullable
    CallTrail trail() {
        return trail;
    }

    /** It is the same call as one that came before it without a body. */
    void follow(TrackedCall former) {
        if (trail != null && former.trail != null) {
            trail.follow(former.trail);
        }
    }

    /** What became of the last decision. */
    void became(String outcome) {
        if (trail != null) {
            trail.became(outcome);
        }
    }

    void waits(long nowNanos) {
        if (trail != null) {
            trail.queued(nowNanos);
        }
    }

    void left(long nowNanos) {
        if (trail != null) {
            trail.sent(attempt, where(), nowNanos);
        }
    }

    private String where() {
        if (target != null) {
            return target.value();
        }
        return group == null ? "" : group.name().toLowerCase(Locale.ROOT);
    }

    void cameBack(@Nullable NodeId by, Reason reason, long nowNanos) {
        if (trail != null) {
            trail.attemptEnded(by, reason.label(), nowNanos);
        }
    }

    void refusedBy(NodeId peer, Reason reason, long nowNanos) {
        if (trail != null) {
            trail.attemptEnded(peer, TrailWriter.refused(reason), nowNanos);
        }
    }

    void endedAway(@Nullable NodeId at, End end, long nowNanos) {
        if (trail != null) {
            trail.attemptEnded(at, TrailWriter.ended(end), nowNanos);
        }
    }

    /** Null for a caller's call. */
    @Nullable
    Origin origin() {
        return origin;
    }

    /** Its origin gave the former try up and waits for the answer to this one. */
    void answerTo(Origin later) {
        origin = later;
    }

    /** Peers' calls are of type 0, whatever they were at their origin. */
    int taskType() {
        return origin == null ? call.taskType() : 0;
    }

    @Override
    public long number() {
        return number;
    }

    @Override
    public @Nullable Choice choice() {
        return choice;
    }

    @Override
    public void remember(Choice chosen) {
        choice = chosen;
    }

    @Override
    public long arrivedNanos() {
        return arrivedNanos;
    }

    @Override
    public List<Attempt> attempts() {
        return attempts;
    }

    @Override
    public boolean probed() {
        return probed;
    }

    @Override
    public List<Sample> probeAnswers() {
        return probeAnswers;
    }

    /** Also a peer that handed the call on: the answer that ends the attempt may come from another one. */
    @Override
    public boolean tried(NodeId peer) {
        return chosen.contains(peer) || CallView.super.tried(peer);
    }

    void chose(NodeId peer) {
        if (chosen.isEmpty()) {
            chosen = new ArrayList<>(4);
        }
        chosen.add(peer);
    }

    /** Attempts whose results still count. */
    List<Long> givenUp() {
        return givenUp;
    }

    void gaveUp(long unanswered) {
        if (givenUp.isEmpty()) {
            givenUp = new ArrayList<>(4);
        }
        givenUp.add(unanswered);
    }

    void failedAttempt(Attempt failed) {
        if (attempts.isEmpty()) {
            attempts = new ArrayList<>(4);
        }
        attempts.add(failed);
    }

    /** Forgets the answers of peers that may not be chosen any more. */
    void keepAnswers(Predicate<NodeId> isChoosable) {
        if (!probeAnswers.isEmpty()) {
            probeAnswers.removeIf(answer -> !isChoosable.test(answer.node()));
        }
    }

    void probeAnswer(Sample sample) {
        if (probeAnswers.isEmpty()) {
            probeAnswers = new ArrayList<>(4);
        }
        probeAnswers.add(sample);
    }
}
