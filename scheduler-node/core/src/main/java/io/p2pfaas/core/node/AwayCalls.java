package io.p2pfaas.core.node;

import io.p2pfaas.core.model.Call;
import io.p2pfaas.core.model.EndState;
import io.p2pfaas.core.model.NodeId;
import io.p2pfaas.core.model.Reason;
import io.p2pfaas.core.node.TrackedCall.Phase;
import io.p2pfaas.core.policy.Attempt;
import io.p2pfaas.core.policy.Decision;
import io.p2pfaas.core.policy.PolicyFault;
import io.p2pfaas.core.policy.SpillGroup;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Calls that wait for somebody else: probes asked, calls forwarded or offered, and what becomes of them when peers
 * refuse, stay silent or die. A refusal is never simply the caller's loss: the policy is asked again.
 */
final class AwayCalls {
    private final Context context;
    private final CallLife life;
    private final CallSender sender;
    /** By attempt, in the order in which they were sent, so that a peer's loss is handled in the same order everywhere. */
    private final Map<Long, TrackedCall> attempts = new LinkedHashMap<>();

    /** Former attempts of calls that are in flight: a result that comes after all still counts. */
    private final Map<Long, TrackedCall> givenUp = new HashMap<>();

    private final Probes probes;

    AwayCalls(Context context, CallLife life) {
        this.context = context;
        this.life = life;
        this.sender = new CallSender(context, life);
        this.probes = new Probes(context, life);
    }

    Probes probes() {
        return probes;
    }

    /** Whether the call may leave this node at all. A body that may be sent once has been sent to this node. */
    boolean maySend(TrackedCall tracked) {
        boolean isLastStop = tracked.origin() != null && !tracked.call().idempotent() && !tracked.bodyFollows;
        return context.linkUp
                && !isLastStop
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
        return decision instanceof Decision.ProbeFirst probe && probes.ask(tracked, probe.peers());
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
        sentTo(peer);
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
        sentTo(asker);
    }

    private void sentTo(NodeId peer) {
        context.peers.forwarded(peer);
        context.counters.forwardsSent++;
        context.counters.forwards.sent(peer);
    }

    private void send(TrackedCall tracked, @Nullable NodeId target, @Nullable SpillGroup group) {
        tracked.attempt = context.nextId();
        attempts.put(tracked.attempt, tracked);
        sender.send(tracked, target, group);
    }

    /** Whether a node was given all that it needs to run the call, which must not happen twice. */
    private static boolean mayHaveRun(TrackedCall tracked) {
        return tracked.bodySent && !tracked.call().idempotent();
    }

    void timeUp(TrackedCall tracked) {
        switch (tracked.phase) {
            case PROBING -> probes.done(tracked);
            case DELAYED -> life.decide(tracked);
            case AWAY -> {
                if (tracked.target != null) {
                    context.peers.suspect(tracked.target);
                }
                if (mayHaveRun(tracked)) {
                    life.arm(tracked, Long.MAX_VALUE);
                } else {
                    tryElsewhere(tracked, tracked.target, Reason.PEER_SILENT);
                }
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
            sender.awaitAcceptance(tracked);
        }
    }

    /** @param certainly false if the broker may have taken it all the same */
    void undeliverable(long attempt, boolean certainly) {
        TrackedCall tracked = attempts.get(attempt);
        if (tracked == null) {
            return;
        }
        if (!certainly && mayHaveRun(tracked)) {
            acknowledged(tracked);
            life.arm(tracked, Long.MAX_VALUE);
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
            if (!isLateResult(attempt, answer)) {
                context.counters.lateAnswers++;
            }
            return;
        }
        acknowledged(tracked);
        if (tracked.group != null && tracked.acceptedBy == null) {
            context.counters.forwards.sent(answer.node());
        }
        if (answer instanceof Answer.Accepted accepted) {
            accepted(tracked, accepted);
            return;
        }
        if (tracked.target != null) {
            context.peers.answered(tracked.target);
        }
        if (answer instanceof Answer.Refused refused) {
            context.counters.refusalsHeard++;
            tracked.refusedBy(refused.node(), refused.reason(), context.nowNanos);
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
            tracked.endedAway(ended.node(), ended.end(), context.nowNanos);
            context.counters.executedAway++;
            context.counters.forwards.done(tracked.target != null ? tracked.target : ended.node());
            life.end(tracked, ended.end(), ended.path());
        }
    }

    /** A result of a node that was given up is as good as any while the call has not begun here. */
    private boolean isLateResult(long attempt, Answer answer) {
        TrackedCall tracked = givenUp.get(attempt);
        if (tracked == null
                || tracked.phase == Phase.RUNNING
                || !(answer instanceof Answer.Ended ended)
                || ended.end().state() != EndState.DONE) {
            return false;
        }
        context.counters.executedAway++;
        life.settle(tracked, ended.end(), ended.path());
        return true;
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
            sender.sendBody(tracked, accepted.node());
            return;
        }
        if (context.admission.giveUp(tracked)) {
            context.sampleClock.changed();
        }
        tracked.acceptedBy = accepted.node();
        tracked.bodySent |= accepted.phase() == Answer.Phase.RUNNING;
        life.arm(tracked, Long.MAX_VALUE);
    }

    private void tryElsewhere(TrackedCall tracked, @Nullable NodeId peer, Reason reason) {
        boolean keptItsPlace = context.admission.takeBack(tracked);
        forget(tracked);
        if (peer != null && !peer.equals(context.settings.self())) {
            context.counters.forwards.failed(peer, reason);
        }
        if (reason == Reason.PEER_SILENT || reason == Reason.PEER_LOST || reason == Reason.LINK_DOWN) {
            givenUp.put(tracked.attempt, tracked);
            tracked.gaveUp(tracked.attempt);
        }
        tracked.cameBack(peer, reason, context.nowNanos);
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
        probes.forget(tracked);
        context.timers.cancel(tracked);
    }

    /** The call has ended. */
    void ended(TrackedCall tracked) {
        tracked.givenUp().forEach(givenUp::remove);
    }

    private void acknowledged(TrackedCall tracked) {
        if (tracked.unacknowledged) {
            tracked.unacknowledged = false;
            context.unacknowledged--;
        }
    }

    /** A peer died. What it was given may have happened or not; what is safe is tried elsewhere. */
    void peerLost(NodeId peer) {
        for (TrackedCall tracked : new ArrayList<>(attempts.values())) {
            boolean hadIt = peer.equals(tracked.acceptedBy);
            boolean wasAsked = tracked.acceptedBy == null && peer.equals(tracked.target);
            if (!hadIt && !wasAsked) {
                continue;
            }
            if (mayHaveRun(tracked)) {
                life.stop(tracked, Reason.PEER_LOST);
            } else {
                tryElsewhere(tracked, tracked.target != null ? tracked.target : peer, Reason.PEER_LOST);
            }
        }
    }

    /** This node goes: nobody here will hear of what callers' calls came to that are with others. */
    void stopAll() {
        List<TrackedCall> left = probes.waiting();
        left.addAll(context.admission.waiting());
        left.addAll(attempts.values());
        for (TrackedCall tracked : left) {
            if (tracked.origin() == null) {
                life.stop(tracked, Reason.NODE_STOPPED);
            }
        }
    }

    /** The broker is gone: whoever has accepted a call may still answer later, all else is decided anew, here. */
    void linkDown() {
        probes.waiting().forEach(probes::done);
        for (TrackedCall tracked : new ArrayList<>(attempts.values())) {
            if (tracked.acceptedBy == null && !mayHaveRun(tracked)) {
                tryElsewhere(tracked, tracked.target, Reason.LINK_DOWN);
            }
        }
    }
}
