package io.p2pfaas.node.tls;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Holds the newest material that could be read, and tells when the files have changed. A new file that is broken changes
 * nothing but the log: what was read before stays in use. Thread-safe; reading blocks.
 */
public final class TlsWatch {
    /** Reads the files. */
    @FunctionalInterface
    public interface Reader {
        TlsMaterial read() throws TlsFileException;
    }

    private static final Logger LOG = LoggerFactory.getLogger(TlsWatch.class);

    private final List<Path> files;
    private final Reader reader;
    private final Function<Path, String> stamps;
    private List<String> seen;
    private TlsMaterial material;
    private String problem = "";

    /**
     * @throws TlsFileException if they cannot be used from the start
     */
    public TlsWatch(TlsFiles files) throws TlsFileException {
        this(files.all().toList(), () -> TlsMaterial.read(files), TlsWatch::stamp);
    }

    /**
     * @param stamps something that changes when the file does
     */
    TlsWatch(List<Path> files, Reader reader, Function<Path, String> stamps) throws TlsFileException {
        this.files = files;
        this.reader = reader;
        this.stamps = stamps;
        // Before the files: a change while they are read is seen the next time.
        this.seen = stampsNow();
        this.material = reader.read();
    }

    /** Whether there is anything to watch. */
    public boolean watchesFiles() {
        return !files.isEmpty();
    }

    /** Reads the files again if they have changed since they were last looked at; true if that gave new material. */
    public synchronized boolean look() {
        List<String> now = stampsNow();
        return !now.equals(seen) && read(now);
    }

    /** Reads the files again, whether they seem to have changed or not; the newest material that could be read. */
    public synchronized TlsMaterial readAnew() {
        if (watchesFiles()) {
            read(stampsNow());
        }
        return material();
    }

    /** The newest material that could be read. */
    public synchronized TlsMaterial material() {
        return material;
    }

    private boolean read(List<String> now) {
        seen = now;
        try {
            material = reader.read();
            problem = "";
            return true;
        } catch (TlsFileException broken) {
            String found = String.valueOf(broken.getMessage());
            if (!found.equals(problem)) {
                LOG.error("new keys or certificates are not used, those read before stay in use: {}", found);
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
