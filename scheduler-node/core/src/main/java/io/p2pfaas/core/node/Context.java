package io.p2pfaas.core.node;

import io.p2pfaas.core.learn.Learner;
import io.p2pfaas.core.learn.LearnerSettings;
import io.p2pfaas.core.model.FunctionName;
import io.p2pfaas.core.model.Load;
import io.p2pfaas.core.model.NodeId;
import io.p2pfaas.core.model.Notice;
import io.p2pfaas.core.model.Reason;
import io.p2pfaas.core.model.Sample;
import io.p2pfaas.core.peers.Peers;
import io.p2pfaas.core.peers.Tokens;
import io.p2pfaas.core.policy.PolicyFault;
import io.p2pfaas.core.policy.SchedulingPolicy;
import io.p2pfaas.core.queue.Admission;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** The state that the parts of a brain share. Owned by {@link NodeBrain}. */
final class Context {
    /** How fast an unrefreshed measurement of the link is forgotten, per heartbeat. */
    private static final int FORGET = 2;

    private static final int SMOOTHING = 8;

    final BrainSettings settings;
    final RandomGenerator random;
    final Learner learner;
    final Admission<TrackedCall> admission;
    final Peers peers;
    /** What peers gave to this node; empty unless its policy lives on tokens. */
    final Tokens tokens;

    final Counters counters = new Counters();
    final TimerHeap timers = new TimerHeap();
    final Memberships memberships = new Memberships();
    final SampleClock sampleClock;
    SchedulingPolicy policy;
    /** Asked once per policy, so that a faulty one fails when it is set and not in the middle of a call. */
    SchedulingPolicy.Needs needs;

    Faults faults;

    @Nullable
    Shadow shadow;

    Set<FunctionName> functions = Set.of();
    private Set<FunctionName> unusable = Set.of();
    boolean linkUp;
    boolean draining;
    int unacknowledged;
    long linkRoundTripNanos;
    /** Monotonic clocks may start below zero. */
    long nowNanos = Long.MIN_VALUE;

    List<Effect> out = new ArrayList<>();
    private long sampleSeq;
    private long ids;

    Context(BrainSettings settings, SchedulingPolicy policy, RandomGenerator random, LearnerSettings learning) {
        this.settings = settings;
        this.policy = policy;
        this.needs = policy.needs();
        this.faults = new Faults(policy, false);
        this.random = random;
        this.learner = new Learner(learning, random);
        this.admission = new Admission<>(settings.slots(), settings.queueMax(), TrackedCall::taskType);
        this.peers = new Peers(settings.self(), settings.staleAfterNanos(), settings.maxPeers());
        this.tokens = new Tokens(peers, settings.staleAfterNanos());
        this.sampleClock = new SampleClock(settings.heartbeatNanos(), settings.minSampleGapNanos());
    }

    void use(SchedulingPolicy newPolicy) {
        needs = newPolicy.needs();
        tokens.clear();
        if (policy != newPolicy) {
            faults = new Faults(newPolicy, false);
        }
        policy = newPolicy;
    }

    void use(Event.FunctionsChanged changed) {
        functions = Set.copyOf(changed.functions());
        unusable = Set.copyOf(changed.unusable());
    }

    /** Why a function that calls cannot be run of here is not here. */
    Reason whyNotHere(FunctionName function) {
        return unusable.contains(function) ? Reason.FUNCTION_UNREACHABLE : Reason.UNKNOWN_FUNCTION;
    }

    /** Why a caller's call can be run neither here nor at a peer. "No node has it" is only said if none is known to. */
    Reason whyNowhere(TrackedCall tracked) {
        FunctionName function = tracked.call().function();
        if (peers.someoneNames(function)) {
            return linkUp ? Reason.NO_TAKER : Reason.LINK_DOWN;
        }
        return tracked.attempts().isEmpty() ? whyNotHere(function) : Reason.NO_TAKER;
    }

    /** Another shadow, or none; what is counted begins anew. */
    void shadow(@Nullable SchedulingPolicy newShadow, RandomGenerator chance) {
        shadow = newShadow == null ? null : new Shadow(newShadow, chance, this);
        counters.shadow.reset();
    }

    /** The policy in force decided what cannot be. */
    void fault(PolicyFault fault, String detail) {
        fault(faults.add(fault, detail));
    }

    void fault(Effect.PolicyFaulted faulted) {
        counters.fault(faulted.fault());
        out.add(faulted);
    }

    /** The own load, numbered. */
    Sample takeSample() {
        Load load = admission.load();
        long latency = needs.samples() ? sampleClock.latencyNanos(load) : Sample.UNKNOWN;
        return new Sample(settings.self(), settings.session(), ++sampleSeq, load, latency);
    }

    /** Tells one peer something, with the own load. */
    void tell(NodeId peer, Notice notice) {
        out.add(new Effect.Tell(peer, notice, takeSample()));
        counters.noticesSent++;
    }

    long nextId() {
        return ++ids;
    }

    void measuredLink(long roundTripNanos) {
        linkRoundTripNanos = linkRoundTripNanos == 0
                ? roundTripNanos
                : linkRoundTripNanos + (roundTripNanos - linkRoundTripNanos) / SMOOTHING;
    }

    /** Without this a slow moment would end all offers, and with them all chance to see that it is over. */
    void forgetLink() {
        linkRoundTripNanos /= FORGET;
    }
}
