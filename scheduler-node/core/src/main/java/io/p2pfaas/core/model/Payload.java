package io.p2pfaas.core.model;

import org.jspecify.annotations.Nullable;

/**
 * What an edge attaches to a call or an outcome (body, headers, the open connection). The core hands it on, and looks
 * inside for one thing only: whether somebody wants to know what is decided about the call.
 */
public interface Payload {
    /** Nothing attached, as in simulations. */
    Payload NONE = new Payload() {
        @Override
        public String toString() {
            return "-";
        }
    };

    /** Where what is decided about the call is written down; null if nobody asked for it, as for most calls. */
    default @Nullable CallTrail trail() {
        return null;
    }
}
