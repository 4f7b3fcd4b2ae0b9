package io.p2pfaas.node.files;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Holds the newest content of files that could be read, and tells when they have changed. A new file that is broken
 * changes nothing but the log: what was read before stays in use. Thread-safe; reading blocks.
 *
 * @param <T> what the files hold
 */
public final class FileWatch<T> {
    /** Reads the files. */
    @FunctionalInterface
    public interface Reader<T> {
        T read() throws FileProblem;
    }

    private static final Logger LOG = LoggerFactory.getLogger(FileWatch.class);

    private final String what;
    private final List<Path> files;
    private final Reader<T> reader;
    private final Function<Path, String> stamps;
    private List<String> seen;
    private volatile T content;
    private String problem = "";

    /**
     * @param what the files hold, for the log, in the plural
     * @throws FileProblem if they cannot be used from the start
     */
    public FileWatch(String what, List<Path> files, Reader<T> reader) throws FileProblem {
        this(what, files, reader, FileWatch::stamp);
    }

    /**
     * @param stamps something that changes when the file does
     */
    FileWatch(String what, List<Path> files, Reader<T> reader, Function<Path, String> stamps) throws FileProblem {
        this.what = what;
        this.files = List.copyOf(files);
        this.reader = reader;
        this.stamps = stamps;
        // Before the files: a change while they are read is seen the next time.
        this.seen = stampsNow();
        this.content = reader.read();
    }

    /** Whether there is anything to watch. */
    public boolean watchesFiles() {
        return !files.isEmpty();
    }

    /** Reads the files again if they have changed since they were last looked at; true if that gave new content. */
    public synchronized boolean look() {
        List<String> now = stampsNow();
        return !now.equals(seen) && read(now);
    }

    /** Reads the files again, whether they seem to have changed or not; the newest content that could be read. */
    public synchronized T readAnew() {
        if (watchesFiles()) {
            read(stampsNow());
        }
        return content;
    }

    /** The newest content that could be read; does not block. */
    public T content() {
        return content;
    }

    private boolean read(List<String> now) {
        seen = now;
        try {
            content = reader.read();
            problem = "";
            return true;
        } catch (FileProblem broken) {
            String found = String.valueOf(broken.getMessage());
            if (!found.equals(problem)) {
                LOG.error("new {} are not used, those read before stay in use: {}", what, found);
            }
            problem = found;
            return false;
        }
    }

    private List<String> stampsNow() {
        return files.stream().map(stamps).toList();
    }

    private static String stamp(Path file) {
        try {
            FileTime modified = Files.getLastModifiedTime(file);
            return modified.toInstant() + " " + Files.size(file);
        } catch (IOException e) {
            return "unreadable: " + e.getClass().getSimpleName();
        }
    }
}
