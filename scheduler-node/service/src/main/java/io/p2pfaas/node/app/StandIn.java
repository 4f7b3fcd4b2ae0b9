package io.p2pfaas.node.app;

import io.p2pfaas.core.model.EndState;
import io.p2pfaas.core.policy.CallView;
import io.p2pfaas.core.policy.ClusterView;
import io.p2pfaas.core.policy.Decision;
import io.p2pfaas.core.policy.SchedulingPolicy;
import java.util.random.RandomGenerator;

/**
 * Decides by one policy for as long as the wanted one cannot be used, and keeps the memberships that the wanted one
 * needs: nodes notice at different times what the broker can do, and those that offer calls must find somebody.
 *
 * @param rule decides
 * @param wanted what the policy that should decide lives on
 */
record StandIn(SchedulingPolicy rule, Needs wanted) implements SchedulingPolicy {
    @Override
    public Decision decide(CallView call, ClusterView cluster, RandomGenerator random) {
        return rule.decide(call, cluster, random);
    }

    @Override
    public void ended(CallView call, EndState state, ClusterView cluster) {
        rule.ended(call, state, cluster);
    }

    @Override
    public String describe() {
        return rule.describe();
    }

    @Override
    public Needs needs() {
        return new Needs(rule.needs().samples() || wanted.samples(), wanted.membership());
    }
}
