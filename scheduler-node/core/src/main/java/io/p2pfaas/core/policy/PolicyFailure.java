package io.p2pfaas.core.policy;

import org.jspecify.annotations.Nullable;

/** Thrown instead of a decision by what stands between a node and a plug-in's policy, to say what is wrong with it. */
public final class PolicyFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final PolicyFault fault;

    /** A failure of this kind. It has no stack trace of its own; that of {@code cause} is the one that helps. */
    public PolicyFailure(PolicyFault fault, String message, @Nullable Throwable cause) {
        super(message, cause, false, false);
        this.fault = fault;
    }

    /** What went wrong. */
    public PolicyFault fault() {
        return fault;
    }
}
