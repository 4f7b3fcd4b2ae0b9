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

    private static final String ID_FIELD = "X-Call-Id";

    private final Tracing tracing;
    private final BooleanSupplier logsDecisions;

    /** @param logsDecisions whether every decision is written to the log */
    public CallNotes(Tracing tracing, BooleanSupplier logsDecisions) {
        this.tracing = tracing;
        this.logsDecisions = logsDecisions;
    }

    /** Begins the notes of a call that has just come. */
    public Noted begin(Arrived.Way way, FunctionName function, String place, long number, Request request, long now) {
        boolean isExplained = way != Arrived.Way.PEER && isYes(request.headers().first(EXPLAIN_FIELD));
        TracedCall traced = tracing == Tracing.OFF
                ? null
                : tracing.begin(new Arrived(way, function, idOf(request, number), place, request, now));
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

    private static boolean isYes(@Nullable String value) {
        return value != null && !value.isEmpty() && !value.equals("0") && !value.equalsIgnoreCase("false");
    }

    /** By which a call is found again: the caller's id for it, or this node's number. */
    public static String idOf(Request request, long number) {
        String given = request.headers().first(ID_FIELD);
        return given == null ? Long.toString(number) : given;
    }
}
