package io.p2pfaas.load.record;

import java.util.OptionalInt;

/** The error codes of P2PFaaS nodes that mean a rejected call. */
public final class ErrorCode {
    /** Nobody has room for the call. */
    public static final int CANNOT_BE_SCHEDULED = 400;

    /** The scheduler decided to reject it. */
    public static final int DELIBERATELY_REJECTED = 401;

    private ErrorCode() {}

    /** Whether an answer of this status can carry a rejection at all, so that its body is worth reading. */
    public static boolean mayReject(int status) {
        return status == 429 || status == 500 || status == 503;
    }

    static boolean isRejection(int status, OptionalInt errorCode) {
        int code = errorCode.orElse(0);
        return mayReject(status) && (code == CANNOT_BE_SCHEDULED || code == DELIBERATELY_REJECTED);
    }
}
