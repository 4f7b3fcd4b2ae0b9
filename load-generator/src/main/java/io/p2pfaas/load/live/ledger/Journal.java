package io.p2pfaas.load.live.ledger;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Writes what is seen during a run, in the order in which it is told. Any thread. */
public final class Journal implements Consumer<Entry>, AutoCloseable {
    private final BufferedWriter file;
    private @Nullable IOException failure;
    private boolean closed;

    /** Begins a new file. */
    public Journal(Path path) throws IOException {
        file = Files.newBufferedWriter(path);
    }

    /** A disk that fails is told at the end: no caller may be held up by it. */
    @Override
    public synchronized void accept(Entry entry) {
        if (closed || failure != null) {
            return;
        }
        try {
            file.write(JournalText.format(entry));
            file.write('\n');
        } catch (IOException failed) {
            failure = failed;
        }
    }

    /** What comes later is not of this run. */
    @Override
    public synchronized void close() throws IOException {
        closed = true;
        file.close();
        if (failure != null) {
            throw new IOException("the journal is not complete: " + failure.getMessage(), failure);
        }
    }

    /**
     * Reads a journal line by line, so that its size does not matter.
     *
     * @throws IOException if it cannot be read, or a line is no entry; names it
     */
    public static void read(Path path, Consumer<Entry> entries) throws IOException {
        try (BufferedReader lines = Files.newBufferedReader(path)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                entries.accept(JournalText.parse(line));
            }
        } catch (UncheckedIOException | IllegalArgumentException wrong) {
            throw new IOException(path + ": " + wrong.getMessage(), wrong);
        }
    }
}
