package io.p2pfaas.node.access;

import java.util.Locale;

/** What somebody may do; a later role may do all that an earlier one may. */
public enum Role {
    /** Calls functions. */
    INVOKE,
    /** Manages functions and settings. */
    ADMIN;

    /** As it is written in files. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Whether this role may do what {@code needed} may. */
    public boolean covers(Role needed) {
        return compareTo(needed) >= 0;
    }
}
