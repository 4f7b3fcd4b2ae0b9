package io.p2pfaas.core.node;

import io.p2pfaas.core.model.Call;
import io.p2pfaas.core.model.End;
import io.p2pfaas.core.model.FunctionName;
import io.p2pfaas.core.model.NodeId;
import io.p2pfaas.core.model.Notice;
import io.p2pfaas.core.model.Origin;
import io.p2pfaas.core.model.Payload;
import io.p2pfaas.core.model.Sample;
import io.p2pfaas.core.peers.PeerState;
import io.p2pfaas.core.policy.SchedulingPolicy;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** Everything that can happen to a node. */
public sealed interface Event {
    /** A caller's call. */
    record CallArrived(Call call) implements Event {}

    /**
     * A peer's call.
     *
     * @param bodyFollows the peer asks for a slot to be booked and sends the body when it is
     */
    record ForwardArrived(Call call, Origin origin, boolean bodyFollows) implements Event {}

    /** The caller of a call is gone. */
    record CallerLeft(long callId) implements Event {}

    /** An execution ended: done, failed or expired. */
    record ExecutionEnded(long callId, End end) implements Event {}

    /** A forward or offer would be larger than the broker takes, so it was not sent. */
    record ForwardTooLarge(long attempt) implements Event {}

    /** The broker took a forward or offer and found somebody to hand it to. */
    record ForwardSent(long attempt) implements Event {}

    /**
     * A forward or offer reached nobody.
     *
     * @param certainly false if it may have, since the connection broke before the broker said so
     */
    record ForwardUndeliverable(long attempt, boolean certainly) implements Event {
        /** Certainly. */
        public ForwardUndeliverable(long attempt) {
            this(attempt, true);
        }
    }

    /** Somebody answered a forward or offer. */
    record ForwardAnswered(long attempt, Answer answer) implements Event {}

    /** A peer asks for the load; {@code replyTo} comes back in the effect. */
    record ProbeArrived(Payload replyTo) implements Event {}

    /** A peer answered a probe. */
    record ProbeAnswered(long probe, Sample sample) implements Event {}

    /** A peer's load sample. */
    record SampleHeard(Sample sample) implements Event {}

    /** A peer, the sender of the sample, told this node something. */
    record Told(Notice notice, Sample sample) implements Event {}

    /** A peer's presence, or its will. */
    record PresenceHeard(NodeId peer, PeerState state, long session, Set<FunctionName> functions) implements Event {}

    /** The broker link came up. */
    record LinkUp() implements Event {}

    /** The broker link went down. */
    record LinkDown() implements Event {}

    /** The time that the last {@link Effect.WakeAt} named has come. */
    record Woken() implements Event {}

    /**
     * The functions that this node has.
     *
     * @param functions those that calls can be run of
     * @param unusable those that it has, but that cannot be run just now: calls go to peers, or fail
     */
    record FunctionsChanged(Set<FunctionName> functions, Set<FunctionName> unusable) implements Event {
        /** All can be run. */
        public FunctionsChanged(Set<FunctionName> functions) {
            this(functions, Set.of());
        }
    }

    /** New bounds or another policy; calls in flight go on. */
    record Reconfigured(int slots, int queueMax, SchedulingPolicy policy) implements Event {}

    /**
     * Another policy is to be asked beside the real one, its decisions only counted; or none any more.
     *
     * @param random a source of its own, so that the real one's chance is the same with and without
     */
    record ShadowChanged(@Nullable SchedulingPolicy policy, RandomGenerator random) implements Event {}

    /**
     * The node is about to leave: nothing new from peers, and what waits goes back to them, or to a peer with a free slot.
     * May be said again.
     *
     * @param hurry time is short: what waits goes to whoever has room, be it in a queue
     */
    record Draining(boolean hurry) implements Event {
        /** There is time. */
        public Draining() {
            this(false);
        }
    }

    /** The node goes now: callers whose calls wait or are with others must be told while they still can. */
    record Stopping() implements Event {}
}
