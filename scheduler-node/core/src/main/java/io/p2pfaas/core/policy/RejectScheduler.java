package io.p2pfaas.core.policy;

import io.p2pfaas.core.model.Reason;
import java.util.random.RandomGenerator;

/** Rejects every call: for tests of what callers see. Also chosen for one call by a request header. */
public record RejectScheduler() implements SchedulingPolicy {
    static final String NAME = "RejectScheduler";

    @Override
    public Decision decide(CallView call, ClusterView cluster, RandomGenerator random) {
        return new Decision.Reject(Reason.DELIBERATE);
    }

    @Override
    public String describe() {
        return NAME;
    }
}
