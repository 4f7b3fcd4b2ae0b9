package io.p2pfaas.core.node;

import io.p2pfaas.core.model.EndState;
import io.p2pfaas.core.policy.SchedulingPolicy;

/** Tells the policy that decided about a call how it ended, whichever policy is in force by then. */
final class Feedback {
    private final Context context;

    Feedback(Context context) {
        this.context = context;
    }

    void ended(TrackedCall tracked, EndState state) {
        SchedulingPolicy decider = tracked.decidedBy;
        Faults faults = tracked.faultsOfDecider;
        if (decider == null || faults == null) {
            return;
        }
        try {
            decider.ended(tracked, state, new BrainView(context, tracked, false));
        } catch (Throwable thrown) { // As when it is asked: its fault is counted, and the call does not suffer.
            context.fault(faults.thrown(thrown));
        }
    }
}
