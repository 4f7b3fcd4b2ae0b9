package io.p2pfaas.core.learn;

/**
 * How a node's learner learns.
 *
 * @param compat true for the rule of P2PFaaS with its faults, for comparisons; false for the correct one
 * @param deadlineNanos the node rewards itself for calls that are answered within this time; 0 = only if the call names a
 *     deadline, all others wait for a client's reward
 */
public record LearnerSettings(boolean compat, long deadlineNanos, LearnerParameters parameters) {
    /** The correct rule, rewards from clients. */
    public static final LearnerSettings DEFAULT = new LearnerSettings(false, 0, LearnerParameters.DEFAULT);

    public LearnerSettings {
        if (deadlineNanos < 0) {
            throw new IllegalArgumentException("deadlineNanos must not be negative: " + deadlineNanos);
        }
    }
}
