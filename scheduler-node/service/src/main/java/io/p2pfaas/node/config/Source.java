package io.p2pfaas.node.config;

import java.util.Locale;

/** Where a value came from; a later one wins over an earlier one. */
public enum Source {
    DEFAULT,
    FILE,
    ENVIRONMENT,
    FLAG;

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
