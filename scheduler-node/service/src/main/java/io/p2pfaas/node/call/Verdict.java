package io.p2pfaas.node.call;

import io.p2pfaas.core.model.End;
import io.p2pfaas.core.model.Reason;
import org.jspecify.annotations.Nullable;

/**
 * How a call that is not done is told: the one table from reason to HTTP status, P2PFaaS error code and sentence. The
 * same status and code go to MQTT callers.
 *
 * @param status HTTP status
 * @param code the P2PFaaS error code
 * @param retryAfterSeconds 0 if waiting does not help
 */
public record Verdict(int status, int code, String message, int retryAfterSeconds) {
    private static final int GENERIC = 1;
    private static final int NOT_FOUND = 3;
    private static final int WRONG_INPUT = 4;
    private static final int CANNOT_SCHEDULE = 400;
    private static final int DELIBERATELY_REJECTED = 401;
    private static final int CANNOT_FORWARD = 403;

    /** What to tell about a call that ended like this; must not be asked about one that is done. */
    public static Verdict of(End end) {
        Reason reason = end.reason();
        if (reason == null) {
            throw new IllegalArgumentException("the call is done");
        }
        Verdict verdict = of(reason);
        String detail = detail(end);
        return detail == null
                ? verdict
                : new Verdict(verdict.status, verdict.code, verdict.message + ": " + detail, verdict.retryAfterSeconds);
    }

    private static @Nullable String detail(End end) {
        Object payload = end.payload() instanceof Outcome.Remote remote ? remote.outcome() : end.payload();
        return payload instanceof Outcome.Broken broken && !broken.detail().isEmpty() ? broken.detail() : null;
    }

    /** What to tell about this reason. */
    public static Verdict of(Reason reason) {
        return switch (reason) {
            case NO_SLOT -> overload("no slot is free");
            case QUEUE_FULL -> overload("the queue is full");
            case NO_TAKER -> overload("no node has room");
            case TOO_MANY_CALLS -> overload("the node has too many calls in flight");
            case BODY_TOO_LARGE ->
                new Verdict(
                        413,
                        WRONG_INPUT,
                        "The body is larger than the broker's maximum packet size, and this node cannot run the job",
                        0);
            case TOO_MANY_HOPS -> overload("the call was handed on too often");
            case REPEATED -> overload("the job was given to the node before");
            case LINK_DOWN -> overload("the broker cannot be reached");
            case DRAINING -> new Verdict(503, CANNOT_SCHEDULE, "Job cannot be scheduled: the node is leaving", 1);
            case DELIBERATE -> new Verdict(503, DELIBERATELY_REJECTED, "Job has been deliberately rejected", 0);
            case UNKNOWN_FUNCTION -> new Verdict(404, NOT_FOUND, "Not Found: no node has the function", 0);
            case PEER_SILENT -> new Verdict(502, CANNOT_FORWARD, "Job cannot be forwarded: the peer is silent", 1);
            case PEER_LOST ->
                new Verdict(
                        502,
                        CANNOT_FORWARD,
                        "The node that had the job died, and may have run it; the function is not declared idempotent,"
                                + " so it was not run again",
                        0);
            case FUNCTION_UNREACHABLE -> new Verdict(502, GENERIC, "The function cannot be reached", 1);
            case FUNCTION_BROKEN -> new Verdict(502, GENERIC, "The function did not answer properly", 0);
            case ANSWER_TOO_LARGE -> new Verdict(502, GENERIC, "The function's answer is too large", 0);
            case NODE_STOPPED -> new Verdict(503, GENERIC, "The node stopped", 1);
            case EXPIRED_QUEUED -> new Verdict(504, GENERIC, "Time is up: the job waited for a slot", 1);
            case EXPIRED_RUNNING -> new Verdict(504, GENERIC, "Time is up: the function was running", 0);
            case EXPIRED_AWAY -> new Verdict(504, GENERIC, "Time is up: another node had the job", 0);
            case BOOKING_LAPSED, CALLER_LEFT -> new Verdict(499, GENERIC, "The caller left", 0);
        };
    }

    private static Verdict overload(String why) {
        return new Verdict(500, CANNOT_SCHEDULE, "Job cannot be scheduled: " + why, 1);
    }

    /** The error body. */
    public String json() {
        return JsonText.error(code, message);
    }
}
