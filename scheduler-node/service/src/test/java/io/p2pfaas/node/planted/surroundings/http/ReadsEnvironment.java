package io.p2pfaas.node.planted.surroundings.http;

import org.jspecify.annotations.Nullable;

/** Breaks the rule that settings come from the configuration. */
public final class ReadsEnvironment {
    private ReadsEnvironment() {}

    /** One way. */
    public static @Nullable String one() {
        return System.getenv("HOME");
    }

    /** The other way. */
    public static int all() {
        return System.getenv().size();
    }
}
