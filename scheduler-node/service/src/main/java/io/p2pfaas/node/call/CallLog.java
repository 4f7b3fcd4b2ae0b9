package io.p2pfaas.node.call;

import io.p2pfaas.core.model.Call;
import org.slf4j.MDC;

/** Marks log lines with the call that they are about. */
public final class CallLog {
    private static final String REQUEST = "requestId";
    private static final String TRACE = "traceId";
    private static final String CALL = "call";

    private CallLog() {}

    /** What this thread logs in {@code lines} is about this call. */
    public static void about(Call call, Runnable lines) {
        MDC.put(CALL, Long.toString(call.id()));
        if (call.payload() instanceof TakenCall taken) {
            MDC.put(REQUEST, CallId.of(taken.request(), call.id()));
            TracedCall traced = taken.noted().traced();
            if (traced != null) {
                MDC.put(TRACE, traced.traceId());
            }
        }
        try {
            lines.run();
        } finally {
            MDC.remove(CALL);
            MDC.remove(REQUEST);
            MDC.remove(TRACE);
        }
    }
}
