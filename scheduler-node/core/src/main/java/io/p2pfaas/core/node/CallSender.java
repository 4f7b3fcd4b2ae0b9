package io.p2pfaas.core.node;

import io.p2pfaas.core.model.Call;
import io.p2pfaas.core.model.NodeId;
import io.p2pfaas.core.model.Origin;
import io.p2pfaas.core.node.TrackedCall.Phase;
import io.p2pfaas.core.policy.SpillGroup;
import org.jspecify.annotations.Nullable;

/** Sends calls to peers and groups: with their bodies at once, or first a request for a slot. */
final class CallSender {
    /** A link of 1 MB/s, sender to broker to peer. */
    private static final long SLOW_NANOS_PER_BYTE = 1000;

    private final Context context;
    private final CallLife life;

    CallSender(Context context, CallLife life) {
        this.context = context;
        this.life = life;
    }

    /** Sends the call for the first time in this attempt, to a peer or a group. */
    void send(TrackedCall tracked, @Nullable NodeId target, @Nullable SpillGroup group) {
        tracked.target = target;
        tracked.group = group;
        tracked.sent++;
        tracked.left(context.nowNanos);
        publish(tracked, !tracked.bodyFollows && !mustBook(tracked.call()));
    }

    /** Sends the body to a node that keeps a slot for it. */
    void sendBody(TrackedCall tracked, NodeId booked) {
        tracked.target = booked;
        tracked.group = null;
        publish(tracked, true);
    }

    /** A body that may be run once goes to a node that is known to be there and has a slot for it, and only there. */
    private boolean mustBook(Call call) {
        return !call.idempotent() || call.payloadBytes() > context.settings.bookAboveBytes();
    }

    private void publish(TrackedCall tracked, boolean withBody) {
        Origin origin = tracked.origin();
        tracked.phase = Phase.AWAY;
        tracked.acceptedBy = null;
        tracked.placedNanos = context.nowNanos;
        tracked.sentNanos = context.nowNanos;
        tracked.bodySent = withBody;
        tracked.unacknowledged = true;
        context.unacknowledged++;
        context.out.add(new Effect.Forward(
                tracked.call(),
                origin != null
                        ? origin
                        : new Origin(
                                context.settings.self(),
                                context.settings.session(),
                                tracked.attempt,
                                tracked.call().id()),
                tracked.attempt,
                tracked.target,
                tracked.group,
                tracked.call().pathThrough(context.settings.self()),
                withBody,
                context.takeSample()));
        awaitAcceptance(tracked);
    }

    /** A peer that has not answered for a while after this moment is silent. */
    void awaitAcceptance(TrackedCall tracked) {
        life.arm(tracked, context.nowNanos + context.settings.acceptTimeoutNanos() + transferNanos(tracked));
    }

    /** A peer is not silent while a large body is still on its way to it: to try elsewhere would run the call twice. */
    private long transferNanos(TrackedCall tracked) {
        long bytes = tracked.call().payloadBytes();
        boolean isLarge = bytes > context.settings.bookAboveBytes();
        return tracked.bodySent && isLarge ? bytes * SLOW_NANOS_PER_BYTE : 0;
    }
}
