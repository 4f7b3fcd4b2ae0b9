package io.p2pfaas.node.app;

import io.p2pfaas.node.call.JsonText;
import io.p2pfaas.node.call.VisibleText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import java.util.logging.Formatter;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

/**
 * How a line of the log looks. Whatever is in a message cannot make a second line, nor colours or cursor movements on a
 * terminal: names and texts in it may be a stranger's.
 */
final class LogFormats {
    /** What a line may say of the call that it is about. */
    private static final List<String> FIELDS = List.of("requestId", "traceId", "call");

    private static final Path STANDARD_ERROR = Path.of("/proc/self/fd/2");
    private static final List<String> TERMINALS = List.of("/dev/pts/", "/dev/tty", "/dev/console");
    private static final int LEVEL_WIDTH = 7;

    private LogFormats() {}

    /** Whether the log goes to a terminal, as far as it can be told. */
    static boolean onTerminal() {
        if (!Files.isSymbolicLink(STANDARD_ERROR)) {
            // No Linux, so it cannot be told.
            return true;
        }
        try {
            String target = Files.readSymbolicLink(STANDARD_ERROR).toString();
            return TERMINALS.stream().anyMatch(target::startsWith);
        } catch (IOException ignored) {
            // Something that is opened in a way that has no name is no terminal.
            return false;
        }
    }

    static Formatter text() {
        return new Text(ZoneId.systemDefault());
    }

    static Formatter json() {
        return new Json();
    }

    /** {@code 14:02:11.250 WARNING message requestId=... traceId=...}, and below it what was thrown, indented. */
    static final class Text extends Formatter {
        private final DateTimeFormatter time;

        Text(ZoneId zone) {
            time = DateTimeFormatter.ofPattern("HH:mm:ss.SSS").withZone(zone);
        }

        @Override
        public String format(LogRecord line) {
            StringBuilder text = new StringBuilder(160);
            text.append(time.format(line.getInstant())).append(' ');
            String level = line.getLevel().getName();
            text.append(level).append(" ".repeat(Math.max(0, LEVEL_WIDTH - level.length())));
            text.append(' ').append(escaped(formatMessage(line)));
            about((key, value) -> text.append(' ').append(key).append('=').append(escaped(value)));
            text.append('\n');
            for (Throwable thrown = line.getThrown(); thrown != null; thrown = thrown.getCause()) {
                text.append("  ").append(escaped(thrown.toString()));
                for (StackTraceElement frame : thrown.getStackTrace()) {
                    text.append("\n    at ").append(escaped(frame.toString()));
                }
                text.append('\n');
            }
            return text.toString();
        }

        private static String escaped(@Nullable String value) {
            return VisibleText.escaped(String.valueOf(value));
        }
    }

    /** {@code {"ts":"...","level":"info","logger":"...","msg":"...","requestId":"..."}}. */
    static final class Json extends Formatter {
        private static final DateTimeFormatter TIME =
                DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSSSS'Z'").withZone(ZoneOffset.UTC);

        @Override
        public String format(LogRecord line) {
            StringBuilder json = new StringBuilder(240);
            json.append("{\"ts\":\"").append(time(line.getInstant()));
            json.append("\",\"level\":\"").append(level(line.getLevel()));
            json.append("\",\"logger\":").append(quoted(line.getLoggerName()));
            json.append(",\"msg\":").append(quoted(formatMessage(line)));
            about((key, value) -> json.append(",\"").append(key).append("\":").append(quoted(value)));
            Throwable thrown = line.getThrown();
            if (thrown != null) {
                json.append(",\"error\":").append(quoted(stack(thrown)));
            }
            return json.append("}\n").toString();
        }

        private static String time(Instant instant) {
            return TIME.format(instant);
        }

        private static String level(Level level) {
            int value = level.intValue();
            if (value >= Level.SEVERE.intValue()) {
                return "error";
            } else if (value >= Level.WARNING.intValue()) {
                return "warn";
            } else if (value >= Level.INFO.intValue()) {
                return "info";
            }
            return value >= Level.FINE.intValue() ? "debug" : "trace";
        }

        private static String stack(Throwable thrown) {
            StringBuilder stack = new StringBuilder();
            for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
                stack.append(stack.isEmpty() ? "" : "caused by ").append(cause);
                for (StackTraceElement frame : cause.getStackTrace()) {
                    stack.append("\n at ").append(frame);
                }
                stack.append('\n');
            }
            return stack.toString();
        }

        /** Also what is legal in JSON but makes a line of its own, or nothing to be seen, where it is read. */
        private static String quoted(@Nullable String value) {
            return VisibleText.escaped(JsonText.quoted(String.valueOf(value)));
        }
    }

    /** Something that a line says of the call that it is about. */
    private interface Field {
        void say(String key, String value);
    }

    private static void about(Field field) {
        Map<String, String> marks = MDC.getCopyOfContextMap();
        if (marks == null) {
            return;
        }
        for (String key : FIELDS) {
            String value = marks.get(key);
            if (value != null) {
                field.say(key, value);
            }
        }
    }
}
