package io.p2pfaas.core.node;

import io.p2pfaas.core.model.Call;
import io.p2pfaas.core.model.NodeId;
import io.p2pfaas.core.model.Origin;
import io.p2pfaas.core.model.Reason;
import io.p2pfaas.core.node.TrackedCall.Phase;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Calls of peers, by who they are: what is booked for them, and that none begins twice on this node, in however many
 * tries and by whatever way it comes.
 */
final class PeersCalls {
    /** As many as are handed to a busy node within some minutes; the oldest are forgotten. */
    private static final int REMEMBERED = 20_000;

    private record Identity(NodeId node, long call) {}

    private final Context context;
    private final CallLife life;
    private final Replies replies;
    private final Map<Origin, TrackedCall> bookings = new LinkedHashMap<>();
    private final Map<Identity, TrackedCall> inFlight = new HashMap<>();
    private final Map<Identity, Boolean> begun = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Identity, Boolean> eldest) {
            return size() > REMEMBERED;
        }
    };

    PeersCalls(Context context, CallLife life, Replies replies) {
        this.context = context;
        this.life = life;
        this.replies = replies;
    }

    private static @Nullable Identity identity(@Nullable Origin origin) {
        return origin == null || origin.call() == Origin.UNNAMED ? null : new Identity(origin.node(), origin.call());
    }

    /** Whether this is the body of a call that has a slot, or its request once more; then it is dealt with. */
    boolean isForBooking(Call call, Origin origin, boolean bodyFollows) {
        TrackedCall booked = bookings.get(origin);
        if (booked != null && !bodyFollows) {
            bookings.remove(origin);
            life.bodyArrived(booked, call, origin);
        }
        // Else the request came twice: the slot is kept already, and the answer is under way.
        return booked != null;
    }

    /** Whether the call waits or runs here already: then this try is the one that is answered. */
    boolean isHere(Origin origin) {
        Identity identity = identity(origin);
        TrackedCall here = identity == null ? null : inFlight.get(identity);
        Origin former = here == null ? null : here.origin();
        if (here == null || former == null) {
            return false;
        }
        if (here.bodyFollows) {
            // Its origin has given the former try up, so no body will come for it.
            if (here.phase == Phase.QUEUED || here.phase == Phase.BOOKED) {
                life.stop(here, Reason.BOOKING_LAPSED);
            }
            return false;
        }
        if (here.phase != Phase.QUEUED && here.phase != Phase.RUNNING) {
            return false;
        }
        if (origin.attempt() > former.attempt()) {
            here.answerTo(origin);
            if (here.confirmed) {
                replies.confirmed(here);
            }
        }
        return true;
    }

    /** Whether the call has begun here before. */
    boolean hasBegun(Origin origin) {
        Identity identity = identity(origin);
        return identity != null && begun.containsKey(identity);
    }

    void tracks(TrackedCall tracked) {
        Identity identity = identity(tracked.origin());
        if (identity != null) {
            inFlight.put(identity, tracked);
        }
    }

    /**
     * The call has a slot. False if it does not begin: its slot is kept for its body, or a later try of it came while this
     * one was being decided about, and was faster.
     */
    boolean begins(TrackedCall tracked, Origin origin) {
        if (hasBegun(origin)) {
            context.admission.release(tracked);
            life.refuse(tracked, Reason.REPEATED);
            return false;
        }
        if (tracked.bodyFollows) {
            hold(tracked, origin);
            return false;
        }
        Identity identity = identity(origin);
        if (identity != null) {
            begun.put(identity, Boolean.TRUE);
        }
        return true;
    }

    void forget(TrackedCall tracked) {
        Origin origin = tracked.origin();
        if (origin != null) {
            bookings.remove(origin, tracked);
            Identity identity = identity(origin);
            if (identity != null) {
                inFlight.remove(identity, tracked);
            }
        }
    }

    /**
     * Agrees to take a call whose body is with its origin. A free slot is kept for it. If there is none it waits without
     * its body, which is asked for in its turn; unless it may be run twice: then its body takes its chance.
     */
    void book(TrackedCall tracked, boolean mayQueue) {
        boolean idempotent = tracked.call().idempotent();
        if (context.admission.tryStart(tracked)) {
            life.start(tracked);
        } else if (mayQueue && idempotent && context.admission.load().hasRoom()) {
            replies.accepted(tracked, Answer.Phase.BOOKED);
            life.handedOn(tracked);
        } else if (mayQueue && !idempotent && context.admission.tryQueue(tracked)) {
            tracked.waits(context.nowNanos);
            tracked.phase = Phase.QUEUED;
            life.armForPeer(tracked);
        } else {
            life.turnDown(tracked, Reason.NO_SLOT);
        }
    }

    /** Keeps the slot for the call; its origin is asked for the body. */
    private void hold(TrackedCall tracked, Origin origin) {
        tracked.phase = Phase.BOOKED;
        bookings.put(origin, tracked);
        life.arm(tracked, context.nowNanos + context.settings.bookingNanos());
        replies.accepted(tracked, Answer.Phase.BOOKED);
    }

    /** This node leaves: what has not begun goes back to where it came from. */
    void handBack() {
        for (TrackedCall booked : new ArrayList<>(bookings.values())) {
            context.admission.release(booked);
            life.refuse(booked, Reason.DRAINING);
        }
        List<TrackedCall> waiting = context.admission.waiting();
        for (TrackedCall queued : waiting) {
            if (queued.origin() != null) {
                context.admission.leaveQueue(queued);
                life.refuse(queued, Reason.DRAINING);
            }
        }
    }
}
