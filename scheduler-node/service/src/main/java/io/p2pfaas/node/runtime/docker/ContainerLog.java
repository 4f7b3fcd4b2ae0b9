package io.p2pfaas.node.runtime.docker;

import com.github.dockerjava.api.model.Frame;
import com.github.dockerjava.api.model.StreamType;
import io.p2pfaas.node.runtime.docker.Engine.Lines;
import java.io.ByteArrayOutputStream;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Makes lines of what a container writes. The engine hands over frames, each with a timestamp before it; a long line comes
 * in several, of which only the last ends with a line feed. Output and error output are put together separately.
 */
final class ContainerLog extends EngineStream<Frame> {
    /** A longer line is handed over in parts of this length. */
    static final int LONGEST_LINE_BYTES = 64 * 1024;

    private static final Logger LOG = System.getLogger(ContainerLog.class.getName());

    private final Map<StreamType, Line> unfinished = new EnumMap<>(StreamType.class);
    private final @Nullable Instant since;
    private final Lines lines;
    private Instant latest = Instant.EPOCH;

    ContainerLog(@Nullable Instant since, Lines lines) {
        this.since = since;
        this.lines = lines;
    }

    @Override
    void take(Frame frame) {
        byte[] payload = frame.getPayload();
        int space = indexOf(payload, ' ', 0);
        Instant timestamp = space < 0 ? null : timestamp(new String(payload, 0, space, StandardCharsets.US_ASCII));
        int start = timestamp == null ? 0 : space + 1;
        if (timestamp != null) {
            latest = timestamp;
        }
        Line line = unfinished.computeIfAbsent(frame.getStreamType(), type -> new Line());
        while (start < payload.length) {
            int end = indexOf(payload, '\n', start);
            int stop = end < 0 ? payload.length : end;
            int part = Math.min(stop - start, LONGEST_LINE_BYTES - line.text.size());
            line.add(latest, payload, start, part);
            start += part;
            if (start == end) {
                start++;
                hand(line);
            } else if (line.text.size() == LONGEST_LINE_BYTES) {
                hand(line);
            }
        }
    }

    private void hand(Line line) {
        String text = line.text.toString(StandardCharsets.UTF_8);
        line.text.reset();
        // The engine takes whole seconds.
        if (since != null && line.begun.isBefore(since)) {
            return;
        }
        String plain = text.endsWith("\r") ? text.substring(0, text.length() - 1) : text;
        if (!lines.line(line.begun, plain)) {
            close();
        }
    }

    @Override
    void ended(@Nullable Throwable fault) {
        if (fault != null) {
            LOG.log(Level.DEBUG, "a container''s log broke off", fault);
        }
        for (Line line : unfinished.values()) {
            if (line.text.size() > 0) {
                hand(line);
            }
        }
        lines.ended();
    }

    private static @Nullable Instant timestamp(String text) {
        try {
            return Instant.parse(text);
        } catch (DateTimeParseException ignored) {
            // A part of a line for which this engine tells no time.
            return null;
        }
    }

    private static int indexOf(byte[] bytes, char wanted, int from) {
        for (int i = from; i < bytes.length; i++) {
            if (bytes[i] == wanted) {
                return i;
            }
        }
        return -1;
    }

    /** What has come of a line. */
    private static final class Line {
        private final ByteArrayOutputStream text = new ByteArrayOutputStream();
        private Instant begun = Instant.EPOCH;

        private void add(Instant timestamp, byte[] bytes, int start, int length) {
            if (text.size() == 0) {
                begun = timestamp;
            }
            text.write(bytes, start, length);
        }
    }
}
