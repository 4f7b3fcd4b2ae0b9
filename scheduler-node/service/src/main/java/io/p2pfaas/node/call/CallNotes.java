package io.p2pfaas.node.call;

import io.p2pfaas.core.model.CallTrail;
import io.p2pfaas.core.model.FunctionName;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Decides how much is noted of a call: nothing, unless its caller asks to be told the decisions, it is traced, or decisions
 * are logged. Thread-safe.
 */
public final class CallNotes {
    /** By which a caller asks to be told what was decided about its call. */
    public static final String EXPLAIN_FIELD = "X-P2pfaas-Explain";

    /** For nodes that neither trace nor log decisions. */
    public static final CallNotes OF_CALLERS_ONLY = new CallNotes(Tracing.OFF, () -> false);

    private final Tracing tracing;
    private final BooleanSupplier logsDecisions;

    /** @param logsDecisions whether every decision is written to the log */
    public CallNotes(Tracing tracing, BooleanSupplier logsDecisions) {
        this.tracing = tracing;
        this.logsDecisions = logsDecisions;
    }

    /** Begins the notes of a call that has just come. */
    public Noted begin(Arrived.Way way, FunctionName function, String place, long number, Request request, long now) {
        boolean isExplained = mayBeExplained(way) && isYes(request.headers().first(EXPLAIN_FIELD));
        TracedCall traced = tracing == Tracing.OFF
                ? null
                : tracing.begin(new Arrived(way, function, CallId.of(request, number), place, request, now));
        boolean hasTrail = isExplained || (traced != null && traced.isSampled()) || logsDecisions.getAsBoolean();
        if (!hasTrail) {
            return traced == null ? Noted.NOTHING : new Noted(null, traced, false);
        }
        CallTrail trail = new CallTrail(isExplained || logsDecisions.getAsBoolean());
        if (traced != null) {
            traced.follow(trail);
        }
        return new Noted(trail, traced, isExplained);
    }

    /** Decisions tell of all nodes and their load, which a broker may keep from devices. */
    private static boolean mayBeExplained(Arrived.Way way) {
        return switch (way) {
            case HTTP, ASYNC, MQTT -> true;
            case DEVICE, PEER -> false;
        };
    }

    private static boolean isYes(@Nullable String value) {
        return value != null && !value.isEmpty() && !value.equals("0") && !value.equalsIgnoreCase("false");
    }
}
