package io.p2pfaas.core.node;

import io.p2pfaas.core.model.Arrival;
import io.p2pfaas.core.model.Call;
import io.p2pfaas.core.model.End;
import io.p2pfaas.core.model.EndState;
import io.p2pfaas.core.model.NodeId;
import io.p2pfaas.core.model.Origin;
import io.p2pfaas.core.model.Placement;
import io.p2pfaas.core.model.Reason;
import io.p2pfaas.core.node.TrackedCall.Phase;
import io.p2pfaas.core.policy.Decision;
import io.p2pfaas.core.policy.PeerView;
import io.p2pfaas.core.policy.SchedulingPolicy;
import io.p2pfaas.core.policy.SpillGroup;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A call from its arrival to its end on this node: decided about, queued, run, expired, refused. What happens to it
 * while another node has it is in {@link AwayCalls}.
 */
final class CallLife {
    private final Context context;
    private final AwayCalls away;
    private final PolicyDesk desk;
    private final Feedback feedback;
    private final Map<Long, TrackedCall> calls = new HashMap<>();
    private final PeersCalls peers;

    CallLife(Context context) {
        this.context = context;
        this.away = new AwayCalls(context, this);
        this.peers = new PeersCalls(context, this);
        this.desk = new PolicyDesk(context);
        this.feedback = new Feedback(context);
    }

    AwayCalls away() {
        return away;
    }

    PeersCalls peers() {
        return peers;
    }

    void arrive(Call call) {
        requireNew(call);
        context.counters.received(false);
        context.sampleClock.arrival(context.nowNanos);
        TrackedCall tracked = new TrackedCall(call, null, context.nowNanos);
        tracked.number = context.counters.receivedFrom(false);
        if (!track(tracked)) {
            return;
        }
        switch (call.routing()) {
            case REJECT -> carryOut(tracked, new Decision.Reject(Reason.DELIBERATE), () -> "RejectScheduler");
            case BYPASS -> carryOut(tracked, new Decision.RunHere(false), () -> "NoScheduler");
            case FORWARD, POLICY -> decide(tracked);
        }
    }

    void arriveFromPeer(Call call, Origin origin, boolean bodyFollows) {
        requireNew(call);
        if (origin.node().equals(context.settings.self())) {
            away.cameBack(origin.attempt());
            return;
        }
        if (peers.isForBooking(call, origin, bodyFollows) || peers.isHere(origin)) {
            return;
        }
        context.counters.received(true);
        TrackedCall tracked = new TrackedCall(call, origin, context.nowNanos);
        tracked.bodyFollows = bodyFollows;
        if (peers.hasBegun(origin)) {
            turnAway(tracked, origin, Reason.REPEATED);
        } else if (!track(tracked)) {
            return;
        } else if (context.draining) {
            refuse(tracked, Reason.DRAINING);
        } else {
            decide(tracked);
        }
    }

    private void requireNew(Call call) {
        if (calls.containsKey(call.id())) {
            throw new IllegalArgumentException("a call with this id is in flight already: " + call.id());
        }
    }

    private boolean track(TrackedCall tracked) {
        if (calls.size() >= context.settings.maxCalls()) {
            refuse(tracked, Reason.TOO_MANY_CALLS);
            return false;
        }
        calls.put(tracked.call().id(), tracked);
        peers.tracks(tracked);
        if (isExpired(tracked)) {
            end(tracked, End.of(Reason.EXPIRED_QUEUED));
            return false;
        }
        return true;
    }

    /** Asks the policy, the first time or again. */
    void decide(TrackedCall tracked) {
        tracked.phase = Phase.DECIDING;
        if (isExpired(tracked)) {
            // The event that led here was faster than the timer.
            end(tracked, End.of(Reason.EXPIRED_AWAY));
            return;
        }
        boolean isHere = context.functions.contains(tracked.call().function());
        if (isHere) {
            carryOut(tracked, desk.ask(tracked, away.maySend(tracked)), () -> describe(tracked.decidedBy));
        } else {
            carryOut(tracked, notHere(tracked), () -> "(the function is not on this node)");
        }
    }

    private static String describe(@Nullable SchedulingPolicy policy) {
        return policy == null ? "" : policy.describe();
    }

    /** The function is not on this node: any node that has it will do. */
    private Decision notHere(TrackedCall tracked) {
        boolean isCallers = tracked.call().arrival() == Arrival.CLIENT;
        List<PeerView> peers =
                isCallers ? new BrainView(context, tracked, true).drawLive(1, context.random) : List.<PeerView>of();
        if (!peers.isEmpty() && away.maySend(tracked)) {
            return new Decision.Forward(peers.get(0).id());
        }
        return new Decision.Reject(
                isCallers
                        ? context.whyNowhere(tracked)
                        : context.whyNotHere(tracked.call().function()));
    }

    private void carryOut(TrackedCall tracked, Decision decision, Supplier<String> decidedBy) {
        TrailWriter trail = TrailWriter.of(context, tracked);
        if (trail == null) {
            carryOut(tracked, decision);
            return;
        }
        trail.decided(decidedBy.get(), decision);
        int before = context.out.size();
        carryOut(tracked, decision);
        trail.tell(before);
    }

    private void carryOut(TrackedCall tracked, Decision decision) {
        if (decision instanceof Decision.RunHere here) {
            place(tracked, here.mayQueue());
        } else if (decision instanceof Decision.Reject reject) {
            refuse(tracked, reject.reason());
        } else if (!away.tryTo(tracked, decision)) {
            place(tracked, true);
        }
    }

    private void place(TrackedCall tracked, boolean mayQueue) {
        tracked.placedNanos = context.nowNanos;
        if (!context.functions.contains(tracked.call().function())) {
            turnDown(tracked, context.whyNotHere(tracked.call().function()));
        } else if (tracked.bodyFollows) {
            tracked.became("book a slot");
            peers.book(tracked, mayQueue);
        } else if (context.admission.tryStart(tracked)) {
            tracked.became("run here");
            start(tracked);
        } else if (mayQueue && context.admission.tryQueue(tracked)) {
            tracked.became("queue");
            tracked.waits(context.nowNanos);
            tracked.phase = Phase.QUEUED;
            armForPeer(tracked);
        } else {
            boolean queueWasFull = mayQueue && context.admission.load().queueMax() > 0;
            turnDown(tracked, queueWasFull ? Reason.QUEUE_FULL : Reason.NO_SLOT);
            return;
        }
        context.sampleClock.changed();
    }

    /** It was to run here, and cannot. */
    void turnDown(TrackedCall tracked, Reason reason) {
        if (tracked.trail() != null) {
            tracked.became(TrailWriter.rejected(reason));
        }
        refuse(tracked, reason);
    }

    /** A call that was handed to somebody who did not take it is in its place in the queue again. */
    void waitAgain(TrackedCall tracked) {
        tracked.phase = Phase.QUEUED;
        tracked.placedNanos = context.nowNanos;
        armForPeer(tracked);
        context.sampleClock.changed();
        startWaiting();
    }

    void start(TrackedCall tracked) {
        Origin origin = tracked.origin();
        if (origin != null && !peers.begins(tracked, origin)) {
            return;
        }
        tracked.phase = Phase.RUNNING;
        tracked.startedNanos = context.nowNanos;
        context.out.add(new Effect.Execute(tracked.call()));
        if (tracked.confirmed) {
            answer(tracked, Answer.Phase.RUNNING);
        }
        armForPeer(tracked);
    }

    /** A peer's call is confirmed if it is not ended soon; every call has its deadline. */
    void armForPeer(TrackedCall tracked) {
        boolean confirmLater = tracked.origin() != null && !tracked.confirmed;
        arm(tracked, confirmLater ? tracked.arrivedNanos() + context.settings.acceptDelayNanos() : Long.MAX_VALUE);
    }

    void arm(TrackedCall tracked, long atNanos) {
        context.timers.set(tracked, Math.min(atNanos, tracked.call().deadlineNanos()));
    }

    /** The body of a booked call came, under a number of its own. */
    void bodyArrived(TrackedCall booked, Call call, Origin origin) {
        forget(booked);
        TrackedCall tracked = new TrackedCall(call, origin, context.nowNanos);
        tracked.follow(booked);
        calls.put(call.id(), tracked);
        peers.tracks(tracked);
        if (isExpired(tracked)) {
            context.admission.release(booked);
            context.sampleClock.changed();
            end(tracked, End.of(Reason.EXPIRED_QUEUED));
            startWaiting();
        } else {
            start(tracked);
        }
    }

    void executionEnded(long callId, End end) {
        TrackedCall tracked = calls.get(callId);
        if (tracked == null || (tracked.phase != Phase.RUNNING && tracked.phase != Phase.ABORTING)) {
            return;
        }
        context.admission.release(tracked);
        context.sampleClock.changed();
        context.sampleClock.executed(context.nowNanos - tracked.startedNanos);
        context.counters.executedHere++;
        if (tracked.phase == Phase.RUNNING) {
            end(tracked, end);
        } else {
            forget(tracked);
        }
        startWaiting();
    }

    void startWaiting() {
        TrackedCall next = context.admission.startNext();
        while (next != null) {
            if (isExpired(next)) {
                // Its timer is due in this very event.
                context.admission.release(next);
                end(next, End.of(Reason.EXPIRED_QUEUED));
            } else {
                start(next);
            }
            next = context.admission.startNext();
        }
    }

    private boolean isExpired(TrackedCall tracked) {
        return tracked.call().deadlineNanos() <= context.nowNanos;
    }

    void callerLeft(long callId) {
        TrackedCall tracked = calls.get(callId);
        if (tracked != null && tracked.phase != Phase.ABORTING) {
            stop(tracked, Reason.CALLER_LEFT);
        }
    }

    void timeUp(TrackedCall tracked) {
        boolean expired = isExpired(tracked);
        switch (tracked.phase) {
            case QUEUED, RUNNING -> {
                if (expired) {
                    stop(tracked, tracked.phase == Phase.QUEUED ? Reason.EXPIRED_QUEUED : Reason.EXPIRED_RUNNING);
                } else {
                    tracked.confirmed = true;
                    confirm(tracked);
                    armForPeer(tracked);
                }
            }
            case BOOKED -> stop(tracked, Reason.BOOKING_LAPSED);
            case PROBING, DELAYED, AWAY -> {
                if (expired) {
                    stop(tracked, Reason.EXPIRED_AWAY);
                } else {
                    away.timeUp(tracked);
                }
            }
            case DECIDING, ABORTING -> {
                // Neither has a timer.
            }
        }
    }

    /** Ends a call that is under way, wherever it is. */
    void stop(TrackedCall tracked, Reason reason) {
        switch (tracked.phase) {
            case QUEUED -> context.admission.leaveQueue(tracked);
            case BOOKED -> context.admission.release(tracked);
            case RUNNING -> {
                context.out.add(new Effect.AbortExecution(tracked.call().id()));
                end(tracked, End.of(reason));
                // It holds its slot until the execution has really ended.
                tracked.phase = Phase.ABORTING;
                calls.put(tracked.call().id(), tracked);
                return;
            }
            default -> away.forget(tracked);
        }
        context.sampleClock.changed();
        end(tracked, End.of(reason));
        startWaiting();
    }

    /** A call that has not begun here has a result from elsewhere. */
    void settle(TrackedCall tracked, End end, List<NodeId> path) {
        if (tracked.phase == Phase.QUEUED) {
            context.admission.leaveQueue(tracked);
            context.sampleClock.changed();
        } else {
            away.forget(tracked);
        }
        end(tracked, end, path);
        startWaiting();
    }

    /** The call ended on this node. */
    private void end(TrackedCall tracked, End end) {
        end(tracked, end, tracked.call().pathThrough(context.settings.self()));
    }

    /** The call ended; {@code path} names all nodes that had it. */
    void end(TrackedCall tracked, End end, List<NodeId> path) {
        forget(tracked);
        tracked.endedAway(null, end, context.nowNanos);
        Call call = tracked.call();
        count(tracked, end.state(), end.reason());
        Origin origin = tracked.origin();
        if (origin == null) {
            Placement placement = new Placement(
                    path,
                    tracked.placedNanos - tracked.arrivedNanos(),
                    tracked.probingNanos,
                    tracked.probesSent,
                    tracked.sent,
                    tracked.choice());
            context.out.add(new Effect.Reply(call, end, placement));
        } else if (end.reason() != Reason.BOOKING_LAPSED) {
            Answer answer = new Answer.Ended(context.settings.self(), context.takeSample(), end, path);
            context.out.add(new Effect.AnswerOrigin(call, origin, answer));
        }
    }

    /** Nobody takes it: the caller's loss, or a peer's next try. */
    void refuse(TrackedCall tracked, Reason reason) {
        Origin origin = tracked.origin();
        if (origin == null) {
            boolean isTooLarge = tracked.tooLargeToSend && reason != Reason.DELIBERATE;
            end(tracked, End.of(isTooLarge ? Reason.BODY_TOO_LARGE : reason));
            return;
        }
        refusedFor(tracked.call());
        turnAway(tracked, origin, reason);
    }

    private void turnAway(TrackedCall tracked, Origin origin, Reason reason) {
        forget(tracked);
        count(tracked, EndState.REJECTED, reason);
        Answer answer = new Answer.Refused(context.settings.self(), context.takeSample(), reason);
        context.out.add(new Effect.AnswerOrigin(tracked.call(), origin, answer));
    }

    /** A peer's call is with a further node now, which answers its origin. */
    void handedOn(TrackedCall tracked) {
        forget(tracked);
        context.counters.handedOn();
    }

    /** A dealt call was not taken: lazy members leave the group now. */
    private void refusedFor(Call call) {
        for (SpillGroup group : SpillGroup.values()) {
            if (group.arrival() == call.arrival()) {
                context.memberships.hadToRefuse(group);
            }
        }
    }

    private void count(TrackedCall tracked, EndState state, @Nullable Reason reason) {
        context.counters.ended(tracked.origin() != null, state);
        if (reason != null) {
            context.counters.because(tracked.origin() != null, reason);
        }
        feedback.ended(tracked, state);
    }

    private void forget(TrackedCall tracked) {
        context.timers.cancel(tracked);
        calls.remove(tracked.call().id(), tracked);
        peers.forget(tracked);
        away.ended(tracked);
    }

    /** Tells the origin of a peer's call how far it is. */
    void confirm(TrackedCall tracked) {
        answer(tracked, tracked.phase == Phase.QUEUED ? Answer.Phase.QUEUED : Answer.Phase.RUNNING);
    }

    void answer(TrackedCall tracked, Answer.Phase phase) {
        Origin origin = tracked.origin();
        if (origin != null) {
            Answer answer = new Answer.Accepted(context.settings.self(), context.takeSample(), phase);
            context.out.add(new Effect.AnswerOrigin(tracked.call(), origin, answer));
        }
    }
}
