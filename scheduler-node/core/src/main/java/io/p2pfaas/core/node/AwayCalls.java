package io.p2pfaas.core.node;

import io.p2pfaas.core.model.Call;
import io.p2pfaas.core.model.NodeId;
import io.p2pfaas.core.model.Origin;
import io.p2pfaas.core.model.Reason;
import io.p2pfaas.core.model.Sample;
import io.p2pfaas.core.node.TrackedCall.Phase;
import io.p2pfaas.core.policy.Attempt;
import io.p2pfaas.core.policy.Decision;
import io.p2pfaas.core.policy.PolicyFault;
import io.p2pfaas.core.policy.SpillGroup;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Calls that wait for somebody else: probes asked, calls forwarded or offered, and what becomes of them when peers
 * refuse, stay silent or die. A refusal is never simply the caller's loss: the policy is asked again.
 */
final class AwayCalls {
    /** A link of 1 MB/s, sender to broker to peer. */
    private static final long SLOW_NANOS_PER_BYTE = 1000;

    private final Context context;
    private final CallLife life;
    /** By attempt, in the order in which they were sent, so that a peer's loss is handled in the same order everywhere. */
    private final Map<Long, TrackedCall> attempts = new LinkedHashMap<>();

    private final Map<Long, TrackedCall> probes = new LinkedHashMap<>();

    AwayCalls(Context context, CallLife life) {
        this.context = context;
        this.life = life;
    }

    /** Whether the call may leave this node at all. */
    boolean maySend(TrackedCall tracked) {
        return context.linkUp
                && !tracked.tooLargeToSend
                && tracked.sent < context.settings.maxAttempts()
                && tracked.call().hops() < context.settings.maxHops();
    }

    /** Carries out a decision that asks others; false if it can't be done. */
    boolean tryTo(TrackedCall tracked, Decision decision) {
        if (decision instanceof Decision.WaitUntil wait) {
            return delay(tracked, wait.atNanos());
        }
        if (!maySend(tracked)) {
            return false;
        }
        if (decision instanceof Decision.Forward forward) {
            return forward(tracked, forward.peer());
        }
        if (decision instanceof Decision.Offer offer) {
            // Who offers has no room: a member would be dealt its own offer.
            context.memberships.hadToRefuse(offer.group());
            send(tracked, null, offer.group());
            context.counters.offersSent++;
            return true;
        }
        return decision instanceof Decision.ProbeFirst probe && probe(tracked, probe.peers());
    }

    private boolean delay(TrackedCall tracked, long atNanos) {
        if (++tracked.delays > context.settings.maxAttempts()) {
            context.fault(PolicyFault.BAD_WAIT, "it let a call wait more often than call.max-attempts allows");
            return false;
        }
        if (atNanos <= context.nowNanos || atNanos >= tracked.call().deadlineNanos()) {
            context.fault(PolicyFault.BAD_WAIT, "it let a call wait until a time that is over or after its deadline");
            return false;
        }
        tracked.phase = Phase.DELAYED;
        life.arm(tracked, atNanos);
        return true;
    }

    private boolean forward(TrackedCall tracked, NodeId peer) {
        Call call = tracked.call();
        if (!context.peers.isLive(peer, call.function()) || call.path().contains(peer) || tracked.tried(peer)) {
            context.fault(
                    PolicyFault.BAD_FORWARD,
                    "it chose " + peer + ", which is not there, has not the function or had the call already");
            return false;
        }
        tracked.chose(peer);
        context.tokens.use(peer);
        send(tracked, peer, null);
        context.peers.forwarded(peer);
        context.counters.forwardsSent++;
        return true;
    }

    /** Whether a call that waits here may be handed to a peer that asks for work. */
    boolean mayHandTo(TrackedCall waiting, NodeId asker) {
        Call call = waiting.call();
        return waiting.origin() == null
                && maySend(waiting)
                && call.deadlineNanos() > context.nowNanos
                && context.peers.isLive(asker, call.function())
                && !waiting.tried(asker);
    }

    /** Hands over a call that was lent for it. */
    void handTo(TrackedCall lent, NodeId asker) {
        lent.chose(asker);
        send(lent, asker, null);
        context.peers.forwarded(asker);
        context.counters.forwardsSent++;
    }

    private void send(TrackedCall tracked, @Nullable NodeId target, @Nullable SpillGroup group) {
        tracked.attempt = context.nextId();
        tracked.target = target;
        tracked.group = group;
        tracked.sent++;
        attempts.put(tracked.attempt, tracked);
        boolean withBody = !tracked.bodyFollows && tracked.call().payloadBytes() <= context.settings.bookAboveBytes();
        publish(tracked, withBody);
    }

    private void publish(TrackedCall tracked, boolean withBody) {
        Origin origin = tracked.origin();
        tracked.phase = Phase.AWAY;
        tracked.acceptedBy = null;
        tracked.runsThere = false;
        tracked.placedNanos = context.nowNanos;
        tracked.sentNanos = context.nowNanos;
        tracked.bodySent = withBody;
        tracked.unacknowledged = true;
        context.unacknowledged++;
        context.out.add(new Effect.Forward(
                tracked.call(),
                origin != null
                        ? origin
                        : new Origin(context.settings.self(), context.settings.session(), tracked.attempt),
                tracked.attempt,
                tracked.target,
                tracked.group,
                tracked.call().pathThrough(context.settings.self()),
                withBody,
                context.takeSample()));
        awaitAcceptance(tracked);
    }

    private void awaitAcceptance(TrackedCall tracked) {
        life.arm(tracked, context.nowNanos + context.settings.acceptTimeoutNanos() + transferNanos(tracked));
    }

    /** A peer is not silent while a large body is still on its way to it: to try elsewhere would run the call twice. */
    private long transferNanos(TrackedCall tracked) {
        long bytes = tracked.call().payloadBytes();
        boolean isLarge = bytes > context.settings.bookAboveBytes();
        return tracked.bodySent && isLarge ? bytes * SLOW_NANOS_PER_BYTE : 0;
    }

    private boolean probe(TrackedCall tracked, List<NodeId> peers) {
        if (tracked.probed || peers.isEmpty() || !areLive(peers, tracked)) {
            context.fault(
                    PolicyFault.BAD_PROBE,
                    tracked.probed ? "it probed twice for one call" : "it probed nobody, or who is not there");
            return false;
        }
        tracked.phase = Phase.PROBING;
        tracked.probed = true;
        tracked.probe = context.nextId();
        tracked.probeStartNanos = context.nowNanos;
        tracked.probesOpen = new LinkedHashSet<>(peers);
        tracked.probesSent += tracked.probesOpen.size();
        context.counters.probesSent += tracked.probesOpen.size();
        probes.put(tracked.probe, tracked);
        for (NodeId peer : tracked.probesOpen) {
            context.out.add(new Effect.Probe(tracked.probe, peer));
        }
        life.arm(tracked, context.nowNanos + context.settings.probeTimeoutNanos());
        return true;
    }

    private boolean areLive(List<NodeId> peers, TrackedCall tracked) {
        for (NodeId peer : peers) {
            if (!context.peers.isLive(peer, tracked.call().function())) {
                return false;
            }
        }
        return true;
    }

    void probeAnswered(long probe, Sample sample) {
        TrackedCall tracked = probes.get(probe);
        if (tracked == null || !tracked.probesOpen.remove(sample.node())) {
            return;
        }
        tracked.probeAnswer(sample);
        if (tracked.probesOpen.isEmpty()) {
            probed(tracked);
        }
    }

    private void probed(TrackedCall tracked) {
        probes.remove(tracked.probe);
        context.timers.cancel(tracked);
        tracked.probingNanos += context.nowNanos - tracked.probeStartNanos;
        life.decide(tracked);
    }

    void timeUp(TrackedCall tracked) {
        switch (tracked.phase) {
            case PROBING -> probed(tracked);
            case DELAYED -> life.decide(tracked);
            case AWAY -> {
                if (tracked.target != null) {
                    context.peers.suspect(tracked.target);
                }
                tryElsewhere(tracked, tracked.target, Reason.PEER_SILENT);
            }
            default -> throw new IllegalStateException("no wait ends in phase " + tracked.phase);
        }
    }

    void sent(long attempt) {
        TrackedCall tracked = attempts.get(attempt);
        if (tracked == null) {
            return;
        }
        boolean firstNews = tracked.unacknowledged;
        acknowledged(tracked);
        if (tracked.origin() != null) {
            forget(tracked);
            life.handedOn(tracked);
        } else if (firstNews) {
            context.measuredLink(context.nowNanos - tracked.sentNanos);
            // Time that the message spent in front of a busy broker is not the peer's silence.
            awaitAcceptance(tracked);
        }
    }

    void undeliverable(long attempt) {
        TrackedCall tracked = attempts.get(attempt);
        if (tracked == null) {
            return;
        }
        context.counters.noTaker++;
        if (tracked.target != null) {
            context.peers.suspect(tracked.target);
        }
        tryElsewhere(tracked, tracked.target, Reason.NO_TAKER);
    }

    /** No peer is to blame, and none can have it. */
    void tooLarge(long attempt) {
        TrackedCall tracked = attempts.get(attempt);
        if (tracked != null) {
            tracked.tooLargeToSend = true;
            tryElsewhere(tracked, tracked.target, Reason.BODY_TOO_LARGE);
        }
    }

    void answered(long attempt, Answer answer) {
        TrackedCall tracked = attempts.get(attempt);
        if (tracked == null || tracked.origin() != null || !mayAnswer(answer.node(), tracked)) {
            context.counters.lateAnswers++;
            return;
        }
        acknowledged(tracked);
        if (answer instanceof Answer.Accepted accepted) {
            accepted(tracked, accepted);
            return;
        }
        if (tracked.target != null) {
            context.peers.answered(tracked.target);
        }
        if (answer instanceof Answer.Refused refused) {
            context.counters.refusalsHeard++;
            // The chosen peer may have handed it on: it is the one that must not be chosen again.
            NodeId peer = tracked.target != null ? tracked.target : refused.node();
            tryElsewhere(tracked, peer, refused.reason());
        } else if (answer instanceof Answer.Ended ended) {
            if (ended.end().reason() == Reason.NODE_STOPPED && tracked.call().idempotent()) {
                // The node left before the call was done, and it may run again: as if the node had died.
                tryElsewhere(tracked, tracked.target != null ? tracked.target : ended.node(), Reason.PEER_LOST);
                return;
            }
            forget(tracked);
            context.counters.executedAway++;
            life.end(tracked, ended.end(), ended.path());
        }
    }

    /**
     * Before somebody has accepted the call, whoever was given it may answer: the broker deals offers to whom it likes, and
     * a peer may have handed a forward on. The edge vouches that nobody else does. Then it is one node's.
     */
    private static boolean mayAnswer(NodeId node, TrackedCall tracked) {
        return tracked.acceptedBy == null || tracked.acceptedBy.equals(node);
    }

    /** The broker dealt a call of this node to this node itself: nobody has it, and it can be decided about at once. */
    void cameBack(long attempt) {
        TrackedCall tracked = attempts.get(attempt);
        if (tracked == null || tracked.origin() != null || tracked.acceptedBy != null) {
            context.counters.lateAnswers++;
            return;
        }
        tryElsewhere(tracked, context.settings.self(), Reason.NO_SLOT);
    }

    private void accepted(TrackedCall tracked, Answer.Accepted accepted) {
        if (accepted.phase() == Answer.Phase.BOOKED) {
            if (tracked.bodySent) {
                // A repeated answer; a second body would run the call twice.
                context.counters.lateAnswers++;
                return;
            }
            if (!context.linkUp) {
                tryElsewhere(tracked, accepted.node(), Reason.LINK_DOWN);
                return;
            }
            tracked.target = accepted.node();
            tracked.group = null;
            publish(tracked, true);
            return;
        }
        if (context.admission.giveUp(tracked)) {
            context.sampleClock.changed();
        }
        boolean ranThere = tracked.runsThere && accepted.node().equals(tracked.acceptedBy);
        tracked.acceptedBy = accepted.node();
        tracked.runsThere = ranThere || accepted.phase() == Answer.Phase.RUNNING;
        life.arm(tracked, Long.MAX_VALUE);
    }

    private void tryElsewhere(TrackedCall tracked, @Nullable NodeId peer, Reason reason) {
        boolean keptItsPlace = context.admission.takeBack(tracked);
        forget(tracked);
        tracked.failedAttempt(new Attempt(tracked.group, peer, reason));
        if (keptItsPlace) {
            life.waitAgain(tracked);
        } else {
            life.decide(tracked);
        }
    }

    /** The call is no longer away. */
    void forget(TrackedCall tracked) {
        acknowledged(tracked);
        if (context.admission.giveUp(tracked)) {
            context.sampleClock.changed();
        }
        attempts.remove(tracked.attempt, tracked);
        probes.remove(tracked.probe, tracked);
        context.timers.cancel(tracked);
    }

    private void acknowledged(TrackedCall tracked) {
        if (tracked.unacknowledged) {
            tracked.unacknowledged = false;
            context.unacknowledged--;
        }
    }

    /** A peer died. What it was running may have happened or not; everything else is tried elsewhere. */
    void peerLost(NodeId peer) {
        for (TrackedCall tracked : new ArrayList<>(attempts.values())) {
            boolean hadIt = peer.equals(tracked.acceptedBy);
            boolean wasAsked = tracked.acceptedBy == null && peer.equals(tracked.target);
            if (hadIt && tracked.runsThere && !tracked.call().idempotent()) {
                life.stop(tracked, Reason.PEER_LOST);
            } else if (hadIt || wasAsked) {
                tryElsewhere(tracked, tracked.target != null ? tracked.target : peer, Reason.PEER_LOST);
            }
        }
    }

    /** This node goes: nobody here will hear of what callers' calls came to that are with others. */
    void stopAll() {
        List<TrackedCall> left = new ArrayList<>(probes.values());
        left.addAll(attempts.values());
        for (TrackedCall tracked : left) {
            if (tracked.origin() == null) {
                life.stop(tracked, Reason.NODE_STOPPED);
            }
        }
    }

    /** The broker is gone: whoever has accepted a call may still answer later, all else is decided anew, here. */
    void linkDown() {
        for (TrackedCall tracked : new ArrayList<>(probes.values())) {
            probed(tracked);
        }
        for (TrackedCall tracked : new ArrayList<>(attempts.values())) {
            if (tracked.acceptedBy == null) {
                tryElsewhere(tracked, tracked.target, Reason.LINK_DOWN);
            }
        }
    }
}
