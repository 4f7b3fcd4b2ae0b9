package io.p2pfaas.core.node;

import io.p2pfaas.core.model.EndState;
import io.p2pfaas.core.model.Reason;
import io.p2pfaas.core.policy.PolicyFault;
import java.util.EnumMap;
import java.util.Map;

/**
 * What happened since the node started. For callers' calls and for peers' calls alike, at any time:
 * {@code received = done + failed + rejected + expired + cancelled + handedOn + inFlight}; callers' calls are never
 * handed on: a forwarded call stays in flight at its origin until its outcome is known.
 */
public final class Counters {
    /** Per state: callers' calls, peers' calls. */
    private final Map<EndState, long[]> ended = new EnumMap<>(EndState.class);

    private final Map<Reason, long[]> reasons = new EnumMap<>(Reason.class);
    private final Map<PolicyFault, Long> faults = new EnumMap<>(PolicyFault.class);
    private final long[] received = new long[2];
    private final long[] inFlight = new long[2];
    final ShadowCounts shadow;
    final ForwardCounts forwards;
    long handedOn;
    long executedHere;
    long executedAway;
    long forwardsSent;
    long offersSent;
    long refusalsHeard;
    long noTaker;
    long probesSent;
    long samplesSent;
    long noticesSent;
    long membershipChanges;
    long lateAnswers;

    Counters() {
        this(new ShadowCounts(), new ForwardCounts());
    }

    private Counters(ShadowCounts shadow, ForwardCounts forwards) {
        this.shadow = shadow;
        this.forwards = forwards;
        for (EndState state : EndState.values()) {
            ended.put(state, new long[2]);
        }
    }

    private long[] endedIn(EndState state) {
        long[] counts = ended.get(state);
        if (counts == null) {
            throw new IllegalStateException("no counter for " + state);
        }
        return counts;
    }

    /** The numbers of this moment, for readers who take their time. */
    public Counters copy() {
        Counters copy = new Counters(shadow.copy(), forwards.copy());
        ended.forEach((state, counts) -> copy.ended.put(state, counts.clone()));
        reasons.forEach((reason, counts) -> copy.reasons.put(reason, counts.clone()));
        System.arraycopy(received, 0, copy.received, 0, received.length);
        System.arraycopy(inFlight, 0, copy.inFlight, 0, inFlight.length);
        copy.handedOn = handedOn;
        copy.executedHere = executedHere;
        copy.executedAway = executedAway;
        copy.forwardsSent = forwardsSent;
        copy.offersSent = offersSent;
        copy.refusalsHeard = refusalsHeard;
        copy.noTaker = noTaker;
        copy.probesSent = probesSent;
        copy.samplesSent = samplesSent;
        copy.noticesSent = noticesSent;
        copy.membershipChanges = membershipChanges;
        copy.lateAnswers = lateAnswers;
        copy.faults.putAll(faults);
        return copy;
    }

    private static int source(boolean fromPeer) {
        return fromPeer ? 1 : 0;
    }

    void received(boolean fromPeer) {
        received[source(fromPeer)]++;
        inFlight[source(fromPeer)]++;
    }

    void ended(boolean fromPeer, EndState state) {
        endedIn(state)[source(fromPeer)]++;
        inFlight[source(fromPeer)]--;
    }

    void because(boolean fromPeer, Reason reason) {
        reasons.computeIfAbsent(reason, any -> new long[2])[source(fromPeer)]++;
    }

    void fault(PolicyFault fault) {
        faults.merge(fault, 1L, Long::sum);
    }

    void handedOn() {
        handedOn++;
        inFlight[1]--;
    }

    /** Calls that arrived: callers' or peers'. */
    public long receivedFrom(boolean peers) {
        return received[source(peers)];
    }

    /** Calls that ended in this state. */
    public long endedIn(EndState state, boolean peers) {
        return endedIn(state)[source(peers)];
    }

    /** Calls that have not ended yet. */
    public long inFlightFrom(boolean peers) {
        return inFlight[source(peers)];
    }

    /** Callers' and peers' calls that were not done for this reason. */
    public long notDone(Reason reason) {
        return notDone(reason, false) + notDone(reason, true);
    }

    /** Callers' calls that were not done for this reason; or peers', which mostly were done elsewhere then. */
    public long notDone(Reason reason, boolean peers) {
        long[] counts = reasons.get(reason);
        return counts == null ? 0 : counts[source(peers)];
    }

    /** Peers' calls that were handed on to a further node. */
    public long handedOnCalls() {
        return handedOn;
    }

    /** Executions that ended on this node. */
    public long executedHere() {
        return executedHere;
    }

    /** Callers' calls whose outcome came from another node. */
    public long executedAway() {
        return executedAway;
    }

    /** Calls sent to a chosen peer. */
    public long forwardsSent() {
        return forwardsSent;
    }

    /** Calls offered to a spill group. */
    public long offersSent() {
        return offersSent;
    }

    /** Refusals that peers sent. */
    public long refusalsHeard() {
        return refusalsHeard;
    }

    /** Forwards and offers that found nobody. */
    public long foundNobody() {
        return noTaker;
    }

    /** Probes sent. */
    public long probesSent() {
        return probesSent;
    }

    /** Load samples published. */
    public long samplesSent() {
        return samplesSent;
    }

    /** Notices sent to single peers. */
    public long noticesSent() {
        return noticesSent;
    }

    /** Times that a spill group was joined or left. */
    public long membershipChanges() {
        return membershipChanges;
    }

    /** Answers that nobody waited for any more. */
    public long lateAnswers() {
        return lateAnswers;
    }

    /** What became of the calls that were given to each peer. */
    public ForwardCounts forwards() {
        return forwards;
    }

    /** What a shadow would have decided. */
    public ShadowCounts shadow() {
        return shadow;
    }

    /** Times that a policy threw or decided the impossible. */
    public long policyFaults() {
        long all = 0;
        for (long count : faults.values()) {
            all += count;
        }
        return all;
    }

    /** Times that a policy did this. */
    public long policyFaults(PolicyFault fault) {
        return faults.getOrDefault(fault, 0L);
    }
}
