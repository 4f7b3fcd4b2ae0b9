package io.p2pfaas.core.node;

import io.p2pfaas.core.policy.CallView;
import io.p2pfaas.core.policy.ClusterView;
import io.p2pfaas.core.policy.Decision;
import io.p2pfaas.core.policy.SchedulingPolicy;
import java.util.function.BiFunction;
import java.util.random.RandomGenerator;

/** A policy that a test writes in one line. */
record ScriptedPolicy(BiFunction<CallView, ClusterView, Decision> script, Needs needs) implements SchedulingPolicy {
    static ScriptedPolicy of(BiFunction<CallView, ClusterView, Decision> script) {
        return new ScriptedPolicy(script, Needs.NOTHING);
    }

    @Override
    public Decision decide(CallView call, ClusterView cluster, RandomGenerator random) {
        return script.apply(call, cluster);
    }

    @Override
    public String describe() {
        return "Scripted";
    }
}
