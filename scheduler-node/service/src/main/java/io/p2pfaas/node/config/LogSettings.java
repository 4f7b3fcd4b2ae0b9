package io.p2pfaas.node.config;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How the log is written, and what is in it.
 *
 * @param levels by package or class; {@link #EVERYTHING} is the node's own code
 */
public record LogSettings(Format format, Map<String, Level> levels) {
    /** The name that stands for all packages of the node. */
    public static final String EVERYTHING = "";

    /** How a line is written. */
    public enum Format {
        /** Text on a terminal, JSON otherwise. */
        AUTO,
        TEXT,
        JSON
    }

    /** From where on lines are written. */
    public enum Level {
        OFF,
        ERROR,
        WARN,
        INFO,
        DEBUG,
        TRACE
    }

    public LogSettings {
        levels = Collections.unmodifiableMap(new LinkedHashMap<>(levels));
    }
}
