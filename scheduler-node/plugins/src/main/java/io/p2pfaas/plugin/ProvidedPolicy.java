package io.p2pfaas.plugin;

import io.p2pfaas.core.policy.CallView;
import io.p2pfaas.core.policy.ClusterView;
import io.p2pfaas.core.policy.Decision;
import io.p2pfaas.core.policy.PolicyFailure;
import io.p2pfaas.core.policy.PolicyFault;
import io.p2pfaas.core.policy.SchedulingPolicy;
import java.util.Objects;
import java.util.random.RandomGenerator;

/**
 * A plug-in's policy as far as it does not need a thread: its name and needs are asked once, so that they are the same
 * for ever, and what it is shown is taken away when it has decided. The simulator uses it as it is, with no limit of
 * time: how long an answer takes has no place in virtual time.
 */
final class ProvidedPolicy implements SchedulingPolicy {
    private static final int LONGEST = 256;

    private final SchedulingPolicy policy;
    private final String description;
    private final Needs needs;

    /** Asks the policy who it is; throws what it throws, or an exception that says what is wrong with the answer. */
    ProvidedPolicy(SchedulingPolicy policy) {
        this.policy = Objects.requireNonNull(policy, "its provider made no policy");
        this.description = Objects.requireNonNull(policy.describe(), "it does not say what it is");
        this.needs = Objects.requireNonNull(policy.needs(), "it does not say what it needs");
        Objects.requireNonNull(needs.membership(), "it does not say which membership it needs");
        if (description.isBlank()
                || description.length() > LONGEST
                || description.chars().anyMatch(c -> c < ' ' || c > '~')) {
            // It becomes a header field of every answer.
            throw new IllegalArgumentException(
                    "what it says it is must be 1 to " + LONGEST + " visible ASCII characters");
        }
    }

    @Override
    public Decision decide(CallView call, ClusterView cluster, RandomGenerator random) {
        Gate gate = new Gate();
        try {
            return decide(gate, new GatedCall(gate, call), cluster, random);
        } finally {
            gate.close();
        }
    }

    /** Decides with what the gate lets through. */
    Decision decide(Gate gate, GatedCall call, ClusterView cluster, RandomGenerator random) {
        Decision decision = policy.decide(call, new GatedCluster(gate, cluster, random), new GatedRandom(gate, random));
        if (decision == null) {
            throw new PolicyFailure(PolicyFault.NO_DECISION, "it answered null", null);
        }
        return decision;
    }

    @Override
    public String describe() {
        return description;
    }

    @Override
    public Needs needs() {
        return needs;
    }
}
