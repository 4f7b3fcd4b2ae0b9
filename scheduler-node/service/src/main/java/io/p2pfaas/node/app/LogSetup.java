package io.p2pfaas.node.app;

import java.util.logging.Level;
import java.util.logging.Logger;

/** Logging as people want it on a terminal: one line per event, the libraries' chatter left out. */
public final class LogSetup {
    private static final String FORMAT = "java.util.logging.SimpleFormatter.format";
    /** Held here: the logging system forgets the level of a logger that nobody holds. */
    private static final Logger LIBRARIES = Logger.getLogger("");

    private static final Logger OURS = Logger.getLogger("io.p2pfaas");

    /** Prints a stack trace for each answer of a function that makes no sense; we tell the caller instead. */
    private static final Logger FUNCTION_CLIENT = Logger.getLogger("io.undertow.client");

    private LogSetup() {}

    /** Takes effect unless the user brought a logging configuration. */
    public static void install() {
        if (System.getProperty("java.util.logging.config.file") != null) {
            return;
        }
        if (System.getProperty(FORMAT) == null) {
            System.setProperty(FORMAT, "%1$tT.%1$tL %4$-7s %5$s%6$s%n");
        }
        LIBRARIES.setLevel(Level.WARNING);
        OURS.setLevel(Level.INFO);
        FUNCTION_CLIENT.setLevel(Level.OFF);
    }
}
