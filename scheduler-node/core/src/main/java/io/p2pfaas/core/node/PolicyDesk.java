package io.p2pfaas.core.node;

import io.p2pfaas.core.model.EndState;
import io.p2pfaas.core.policy.ClusterView;
import io.p2pfaas.core.policy.Decision;
import io.p2pfaas.core.policy.ForwardScheduler;
import io.p2pfaas.core.policy.PolicyFault;
import io.p2pfaas.core.policy.SchedulingPolicy;
import java.util.ArrayList;
import java.util.List;

/**
 * Asks the policy about a call. A policy may be a plug-in: whatever it throws is counted, and the call runs or waits
 * here, so that it does not suffer. Whether a forward, probe or wait is possible shows when it is carried out, in
 * {@link AwayCalls}.
 */
final class PolicyDesk {
    private static final SchedulingPolicy FORWARD_ONCE = new ForwardScheduler(1);
    private static final Decision HERE = new Decision.RunHere(true);

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
        tracked.decidedBy = policy;
        tracked.faultsOfDecider = context.faults;
        tracked.keepAnswers(peer -> context.peers.isLive(peer, tracked.call().function()));
        tracked.lookedAt = tracked.trail() == null ? List.of() : new ArrayList<>();
        ClusterView view = new BrainView(context, tracked, mayLeave, tracked.trail() == null ? null : tracked.lookedAt);
        Decision decision = answer(policy, tracked, view);
        Shadow shadow = context.shadow;
        if (shadow != null && policy == context.policy) {
            shadow.watch(tracked, new BrainView(context, tracked, mayLeave), decision);
        }
        return decision;
    }

    @SuppressWarnings("NullAway") // A plug-in may answer null, whatever it promises.
    private Decision answer(SchedulingPolicy policy, TrackedCall tracked, ClusterView view) {
        try {
            Decision decision = policy.decide(tracked, view, context.random);
            if (decision == null) {
                context.fault(PolicyFault.NO_DECISION, "it answered null");
            } else if (decision instanceof Decision.Reject reject && !isRejection(reject)) {
                context.fault(PolicyFault.BAD_REASON, "it rejected for " + reject.reason());
            } else {
                return decision;
            }
        } catch (Throwable thrown) { // An endless recursion or a class that is not there is an error, not an exception.
            context.fault(context.faults.thrown(thrown));
        }
        return HERE;
    }

    private static boolean isRejection(Decision.Reject reject) {
        return reject.reason().endState() == EndState.REJECTED;
    }
}
