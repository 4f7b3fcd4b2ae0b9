package io.p2pfaas.node.config;

import java.util.Locale;

/** Where a value came from; a later one wins over an earlier one. */
public enum Source {
    DEFAULT,
    FILE,
    ENVIRONMENT,
    FLAG,
    /** Set while an earlier life of the node ran, and kept in its data folder. */
    KEPT;

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
