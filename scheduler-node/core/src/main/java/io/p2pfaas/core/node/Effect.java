package io.p2pfaas.core.node;

import io.p2pfaas.core.model.Call;
import io.p2pfaas.core.model.CallTrail;
import io.p2pfaas.core.model.End;
import io.p2pfaas.core.model.NodeId;
import io.p2pfaas.core.model.Notice;
import io.p2pfaas.core.model.Origin;
import io.p2pfaas.core.model.Payload;
import io.p2pfaas.core.model.Placement;
import io.p2pfaas.core.model.Sample;
import io.p2pfaas.core.policy.PolicyFault;
import io.p2pfaas.core.policy.SpillGroup;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a node must do because of an event. The driver carries effects out in order. */
public sealed interface Effect {
    /** Run the call's function; {@link Event.ExecutionEnded} follows exactly once. */
    record Execute(Call call) implements Effect {}

    /** End that execution soon; its {@link Event.ExecutionEnded} is still due. */
    record AbortExecution(long callId) implements Effect {}

    /**
     * Send the call to a peer or a group.
     *
     * @param origin to whom the taker answers, and under which number
     * @param attempt this node's number for it: {@link Event.ForwardSent} or {@link Event.ForwardUndeliverable} follows
     * @param target the peer, or null for a group
     * @param group the group, or null for a peer
     * @param path the nodes that had the call, this one last
     * @param withBody false to ask for a booking only
     */
    record Forward(
            Call call,
            Origin origin,
            long attempt,
            @Nullable NodeId target,
            @Nullable SpillGroup group,
            List<NodeId> path,
            boolean withBody,
            Sample sample)
            implements Effect {
        public Forward {
            path = List.copyOf(path);
            if ((target == null) == (group == null)) {
                throw new IllegalArgumentException("either a target or a group: " + target + ", " + group);
            }
        }
    }

    /** Tell the origin of a peer's call. */
    record AnswerOrigin(Call call, Origin origin, Answer answer) implements Effect {}

    /** Tell the caller how the call ended. The last effect for a caller's call. */
    record Reply(Call call, End end, Placement placement) implements Effect {}

    /** A decision about a call that has a trail; nothing else is to be done than to tell. */
    record Decided(Call call, CallTrail.Decided decided) implements Effect {}

    /** Ask a peer for its load; {@link Event.ProbeAnswered} follows, or nothing. */
    record Probe(long probe, NodeId peer) implements Effect {}

    /** Answer a peer's probe. */
    record AnswerProbe(Payload replyTo, Sample sample) implements Effect {}

    /** Tell all peers this node's load. */
    record PublishSample(Sample sample) implements Effect {}

    /** Tell one peer something that it did not ask for; nothing follows, and it may get lost. */
    record Tell(NodeId peer, Notice notice, Sample sample) implements Effect {}

    /**
     * Be a member of the group or not.
     *
     * @param version rises with every change, so that effects carried out in another order do no harm
     */
    record Membership(SpillGroup group, boolean joined, long version) implements Effect {}

    /**
     * The policy did something wrong, and the call runs or waits here; nothing else is to be done than to tell.
     *
     * @param policy its name and parameters
     * @param nth how often this policy did it so far, this time included: the first time is news
     * @param shadow whether it is the shadow, whose faults concern no call
     * @param detail in words; what it threw and where, the first time
     */
    record PolicyFaulted(String policy, boolean shadow, PolicyFault fault, long nth, String detail) implements Effect {}

    /** Send {@link Event.Woken} at this time; replaces an earlier wish. */
    record WakeAt(long atNanos) implements Effect {}
}
