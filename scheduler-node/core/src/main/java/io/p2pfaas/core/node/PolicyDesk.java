package io.p2pfaas.core.node;

import io.p2pfaas.core.policy.ClusterView;
import io.p2pfaas.core.policy.Decision;
import io.p2pfaas.core.policy.ForwardScheduler;
import io.p2pfaas.core.policy.SchedulingPolicy;
import java.util.Objects;

/**
 * Asks the policy about a call. A policy may be a plug-in: whatever it throws is counted, and the call runs or waits
 * here, so that it does not suffer.
 */
final class PolicyDesk {
    private static final SchedulingPolicy FORWARD_ONCE = new ForwardScheduler(1);

    private final Context context;

    PolicyDesk(Context context) {
        this.context = context;
    }

    /**
     * What the policy wants done with the call, or what the call's own routing asks for.
     *
     * @param mayLeave whether the call may leave this node at all
     */
    Decision ask(TrackedCall tracked, boolean mayLeave) {
        SchedulingPolicy policy = switch (tracked.call().routing()) {
            case FORWARD -> FORWARD_ONCE;
            default -> context.policy;
        };
        tracked.keepAnswers(peer -> context.peers.isLive(peer, tracked.call().function()));
        try {
            ClusterView view = new BrainView(context, tracked, mayLeave);
            return Objects.requireNonNull(policy.decide(tracked, view, context.random), "no decision");
        } catch (RuntimeException faulty) {
            context.counters.policyFaults++;
            return new Decision.RunHere(true);
        }
    }
}
