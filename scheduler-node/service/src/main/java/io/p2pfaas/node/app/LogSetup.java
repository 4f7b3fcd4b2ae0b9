package io.p2pfaas.node.app;

import io.p2pfaas.node.config.LogSettings;
import java.io.UnsupportedEncodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.logging.Formatter;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Logging as people want it: one line per event on the standard error output, the libraries' chatter left out. Nothing is
 * touched if the user brought a logging configuration.
 */
public final class LogSetup {
    private static final String OURS = "io.p2pfaas";
    /** Prints a stack trace for each answer of a function that makes no sense; we tell the caller instead. */
    private static final String FUNCTION_CLIENT = "io.undertow.client";

    private static final Map<String, Level> USUAL =
            Map.of("", Level.WARNING, OURS, Level.INFO, FUNCTION_CLIENT, Level.OFF);

    /** Held here: the logging system forgets the level of a logger that nobody holds. */
    private static final List<Logger> HELD = new ArrayList<>();

    private LogSetup() {}

    /** As it is until the settings are known, and for commands that have none. */
    public static void install() {
        if (isUsers()) {
            return;
        }
        USUAL.forEach(LogSetup::level);
        format(LogFormats.onTerminal() ? LogFormats.text() : LogFormats.json());
    }

    /** As the settings say. */
    static void use(LogSettings settings) {
        if (isUsers()) {
            return;
        }
        boolean asText = switch (settings.format()) {
            case AUTO -> LogFormats.onTerminal();
            case TEXT -> true;
            case JSON -> false;
        };
        settings.levels()
                .forEach((name, level) -> level(name.equals(LogSettings.EVERYTHING) ? OURS : name, level(level)));
        format(asText ? LogFormats.text() : LogFormats.json());
    }

    private static boolean isUsers() {
        return System.getProperty("java.util.logging.config.file") != null
                || System.getProperty("java.util.logging.config.class") != null;
    }

    private static Level level(LogSettings.Level level) {
        return switch (level) {
            case OFF -> Level.OFF;
            case ERROR -> Level.SEVERE;
            case WARN -> Level.WARNING;
            case INFO -> Level.INFO;
            case DEBUG -> Level.FINE;
            case TRACE -> Level.FINEST;
        };
    }

    private static synchronized void level(String name, Level level) {
        Logger logger = Logger.getLogger(name);
        logger.setLevel(level);
        HELD.add(logger);
    }

    /** Where no locale is set, as for services, what is not ASCII would become question marks; JSON is UTF-8 anyway. */
    private static void utf8(Handler handler) {
        try {
            handler.setEncoding(StandardCharsets.UTF_8.name());
        } catch (UnsupportedEncodingException impossible) {
            throw new IllegalStateException("every Java platform has UTF-8", impossible);
        }
    }

    /** What is logged is for the loggers' levels to say, and not for those who write it. */
    private static void format(Formatter formatter) {
        for (Handler handler : Logger.getLogger("").getHandlers()) {
            handler.setFormatter(formatter);
            utf8(handler);
            handler.setLevel(Level.ALL);
        }
    }
}
