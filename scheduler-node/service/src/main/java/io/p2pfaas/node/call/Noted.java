package io.p2pfaas.node.call;

import io.p2pfaas.core.model.CallTrail;
import org.jspecify.annotations.Nullable;

/**
 * What is noted of one call while it is under way.
 *
 * @param trail what is decided about it; null if nobody wants to know
 * @param traced its part of a trace; null if calls are not traced
 * @param isExplained whether its caller asked to be told the decisions
 */
public record Noted(@Nullable CallTrail trail, @Nullable TracedCall traced, boolean isExplained) {
    /** Nothing, as for most calls. */
    public static final Noted NOTHING = new Noted(null, null, false);
}
