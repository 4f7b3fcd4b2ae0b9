package io.p2pfaas.node.runtime.docker;

import io.p2pfaas.core.model.Reason;

/**
 * Why calls could not be run.
 *
 * @param reason for the caller and the metrics
 * @param text whole sentences for the caller; no addresses, no secrets
 */
record Failure(Reason reason, String text) {
    static final Failure NOT_THERE = unreachable("The function is not there any more.");
    static final Failure NO_ENGINE = unreachable("The container engine cannot be reached.");
    static final Failure NODE_STOPPED = new Failure(Reason.NODE_STOPPED, "The function was stopped while it ran.");

    static Failure unreachable(String text) {
        return new Failure(Reason.FUNCTION_UNREACHABLE, text);
    }

    static Failure broken(String text) {
        return new Failure(Reason.FUNCTION_BROKEN, text);
    }
}
