package io.p2pfaas.node.call;

import io.p2pfaas.core.model.Call;
import org.slf4j.MDC;

/** Marks log lines with the call that they are about: those that this thread writes until the mark is taken away. */
public final class CallLog implements AutoCloseable {
    private static final String REQUEST = "requestId";
    private static final String TRACE = "traceId";
    private static final String CALL = "call";

    private CallLog() {}

    /** From now on lines are about this call. */
    public static CallLog about(Call call) {
        MDC.put(CALL, Long.toString(call.id()));
        if (call.payload() instanceof TakenCall taken) {
            MDC.put(REQUEST, CallNotes.idOf(taken.request(), call.id()));
            TracedCall traced = taken.noted().traced();
            if (traced != null) {
                MDC.put(TRACE, traced.traceId());
            }
        }
        return new CallLog();
    }

    @Override
    public void close() {
        MDC.remove(CALL);
        MDC.remove(REQUEST);
        MDC.remove(TRACE);
    }
}
