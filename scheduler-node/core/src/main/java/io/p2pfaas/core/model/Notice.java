package io.p2pfaas.core.model;

import java.util.Locale;

/** What one node tells one other without being asked, with its load sample; only policies that live on it do. */
public enum Notice {
    /** The sender has a free slot, and tells nobody else of this one: a token, good for one call. */
    FREE_SLOT;

    /** Lower case with underscores, as on the wire. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
