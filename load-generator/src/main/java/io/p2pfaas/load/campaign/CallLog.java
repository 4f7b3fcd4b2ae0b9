package io.p2pfaas.load.campaign;

import io.p2pfaas.load.record.Outcome;
import io.p2pfaas.load.record.OutcomeCsv;
import java.io.Closeable;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The calls of the run under way, a line each. Whoever tells of a call only adds to a buffer; another thread carries it
 * to the file, with {@link #flush}, since a disk that stands still must not delay the next call.
 */
final class CallLog implements Consumer<Outcome>, Closeable {
    /** Beyond it the teller has to write by itself: its delay shows as send lag, and nothing is lost. */
    private static final int MAX_BUFFERED = 64 << 20;

    private final Writer file;
    private final Object writing = new Object();
    private final Object buffering = new Object();
    private StringBuilder buffer = new StringBuilder();
    private @Nullable IOException broken;

    CallLog(Path path) throws IOException {
        file = Files.newBufferedWriter(path);
        buffer.append(OutcomeCsv.HEADER).append('\n');
    }

    @Override
    public void accept(Outcome outcome) {
        String line = OutcomeCsv.line(outcome);
        boolean full;
        synchronized (buffering) {
            buffer.append(line).append('\n');
            full = buffer.length() > MAX_BUFFERED;
        }
        if (full) {
            flush();
        }
    }

    /** Hands all to the operating system. What goes wrong is kept for {@link #close}. */
    void flush() {
        synchronized (writing) {
            StringBuilder full;
            synchronized (buffering) {
                full = buffer;
                buffer = new StringBuilder();
            }
            if (broken == null) {
                try {
                    file.append(full).flush();
                } catch (IOException problem) {
                    broken = problem;
                }
            }
        }
    }

    @Override
    public void close() throws IOException {
        flush();
        synchronized (writing) {
            file.close();
            if (broken != null) {
                throw broken;
            }
        }
    }
}
