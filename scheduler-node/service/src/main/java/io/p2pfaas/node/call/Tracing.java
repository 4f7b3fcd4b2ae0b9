package io.p2pfaas.node.call;

import org.jspecify.annotations.Nullable;

/** Follows calls for those who look at traces. Thread-safe. */
@FunctionalInterface
public interface Tracing {
    /** Follows none. */
    Tracing OFF = arrived -> null;

    /** Begins to follow a call; null if calls are not followed. */
    @Nullable
    TracedCall begin(Arrived arrived);
}
