package io.p2pfaas.core.node;

import io.p2pfaas.core.model.End;
import io.p2pfaas.core.model.EndState;
import io.p2pfaas.core.model.NodeId;
import io.p2pfaas.core.model.Origin;
import io.p2pfaas.core.model.Placement;
import io.p2pfaas.core.model.Reason;
import io.p2pfaas.core.node.TrackedCall.Phase;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Tells who waits for a call what becomes of it, and counts it: the caller, or the node that a peer's call is from. Also the
 * policy that decided about it hears how it ended.
 */
final class Replies {
    private final Context context;
    private final Feedback feedback;

    Replies(Context context) {
        this.context = context;
        this.feedback = new Feedback(context);
    }

    /** The call ended; {@code path} names all nodes that had it. */
    void ended(TrackedCall tracked, End end, List<NodeId> path) {
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
            context.out.add(new Effect.Reply(tracked.call(), end, placement));
        } else if (end.reason() != Reason.BOOKING_LAPSED) {
            answer(tracked, origin, new Answer.Ended(context.settings.self(), context.takeSample(), end, path));
        }
    }

    /** A peer's call is not taken: its origin may try elsewhere. */
    void turnedAway(TrackedCall tracked, Origin origin, Reason reason) {
        count(tracked, EndState.REJECTED, reason);
        answer(tracked, origin, new Answer.Refused(context.settings.self(), context.takeSample(), reason));
    }

    /** How far a peer's call is that waits or runs. */
    void confirmed(TrackedCall tracked) {
        accepted(tracked, tracked.phase == Phase.QUEUED ? Answer.Phase.QUEUED : Answer.Phase.RUNNING);
    }

    /** A peer's call is taken. Callers are told of the end only. */
    void accepted(TrackedCall tracked, Answer.Phase phase) {
        Origin origin = tracked.origin();
        if (origin != null) {
            answer(tracked, origin, new Answer.Accepted(context.settings.self(), context.takeSample(), phase));
        }
    }

    private void answer(TrackedCall tracked, Origin origin, Answer answer) {
        context.out.add(new Effect.AnswerOrigin(tracked.call(), origin, answer));
    }

    private void count(TrackedCall tracked, EndState state, @Nullable Reason reason) {
        context.counters.ended(tracked.origin() != null, state);
        if (reason != null) {
            context.counters.because(tracked.origin() != null, reason);
        }
        feedback.ended(tracked, state);
    }
}
