package io.p2pfaas.node.call;

import io.p2pfaas.core.model.Payload;
import io.p2pfaas.core.model.Reason;

/** What became of an execution. */
public sealed interface Outcome extends Payload {
    /** How long the function had the call, in nanoseconds. */
    long executionNanos();

    /** The function answered, with any status. */
    record Answered(Response response, long executionNanos) implements Outcome {}

    /**
     * No answer could be had.
     *
     * @param reason of a kind that ends in FAILED or EXPIRED
     * @param detail one sentence for the caller; never a secret, an address or a stack trace
     */
    record Broken(Reason reason, String detail, long executionNanos) implements Outcome {}

    /**
     * What a peer reports of a call that it ran.
     *
     * @param outcome never itself remote
     * @param totalNanos from the call's arrival at the peer to its end there
     * @param schedulingNanos the part before the execution was placed
     */
    record Remote(Outcome outcome, long totalNanos, long schedulingNanos) implements Outcome {
        @Override
        public long executionNanos() {
            return outcome.executionNanos();
        }
    }
}
