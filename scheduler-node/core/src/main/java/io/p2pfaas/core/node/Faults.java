package io.p2pfaas.core.node;

import io.p2pfaas.core.policy.PolicyFailure;
import io.p2pfaas.core.policy.PolicyFault;
import io.p2pfaas.core.policy.SchedulingPolicy;
import java.util.EnumMap;
import java.util.Map;

/** What one policy did wrong so far, by kind, so that the driver can tell each kind once. */
final class Faults {
    /** The frames of a policy's own code come first; what is below them is the node's. */
    private static final int FRAMES = 6;

    private static final int LONGEST = 1_000;

    private final SchedulingPolicy policy;
    private final boolean shadow;
    private final Map<PolicyFault, Long> counts = new EnumMap<>(PolicyFault.class);

    Faults(SchedulingPolicy policy, boolean shadow) {
        this.policy = policy;
        this.shadow = shadow;
    }

    /** What was thrown instead of a decision. */
    Effect.PolicyFaulted thrown(Throwable thrown) {
        if (!(thrown instanceof PolicyFailure failure)) {
            return add(PolicyFault.THREW, isNews(PolicyFault.THREW) ? story(thrown) : "");
        }
        Throwable cause = failure.getCause();
        String why = String.valueOf(failure.getMessage());
        return add(failure.fault(), cause != null && isNews(failure.fault()) ? why + ": " + story(cause) : why);
    }

    Effect.PolicyFaulted add(PolicyFault fault, String detail) {
        return new Effect.PolicyFaulted(name(), shadow, fault, counts.merge(fault, 1L, Long::sum), detail);
    }

    private boolean isNews(PolicyFault fault) {
        return !counts.containsKey(fault);
    }

    /** In words, since an effect is a value: what was thrown, and where. */
    private static String story(Throwable thrown) {
        StringBuilder story = new StringBuilder(200);
        try {
            story.append(thrown);
            StackTraceElement[] frames = thrown.getStackTrace();
            for (int i = 0; i < Math.min(FRAMES, frames.length); i++) {
                story.append(i == 0 ? " at " : ", ").append(frames[i]);
            }
        } catch (Throwable alsoFaulty) { // Its message is the plug-in's code too.
            story.append(thrown.getClass().getName());
        }
        return story.length() <= LONGEST ? story.toString() : story.substring(0, LONGEST) + "...";
    }

    /** A policy that cannot even say its name is known by its class. */
    private String name() {
        try {
            return String.valueOf(policy.describe());
        } catch (Throwable alsoFaulty) {
            return policy.getClass().getName();
        }
    }
}
