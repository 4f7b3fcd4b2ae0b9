package io.p2pfaas.core.model;

import java.util.Locale;

/** What one node tells one other in a word, with its load sample; only policies that live on it do. */
public enum Notice {
    /** The sender has a free slot, and tells nobody else of this one: a token, good for one call. */
    FREE_SLOT,
    /** The sender has a free slot and would take one of the calls that wait at the receiver. */
    WORK_WANTED,
    /** The answer to that if there is nothing to hand over. */
    NO_WORK;

    /** Lower case with underscores, as on the wire. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
