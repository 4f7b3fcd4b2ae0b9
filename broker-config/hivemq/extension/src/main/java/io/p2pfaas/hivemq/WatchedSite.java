package io.p2pfaas.hivemq;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The site as its files say now: a changed file counts from the next CONNECT on. */
final class WatchedSite {
    private static final Logger LOG = LoggerFactory.getLogger(WatchedSite.class);

    private final Path folder;
    private List<Object> seen;
    private Site site;
    /** Lest a broken file be told of with each CONNECT. */
    private String told = "";

    /** @throws IOException if a file cannot be read; IllegalArgumentException if it is not understood */
    WatchedSite(Path folder) throws IOException {
        this.folder = folder;
        seen = look();
        site = Site.read(folder);
    }

    /** Files that cannot be read or understood, half-written ones for example, are reported and change nothing. */
    synchronized Site current() {
        try {
            List<Object> now = look();
            if (!now.equals(seen)) {
                seen = now;
                site = Site.read(folder);
                LOG.info("{}: read anew", folder);
                told = "";
            }
            if (site.isOutdated(Instant.now())) {
                tell("crl.pem is too old to tell who is revoked, so nobody with a certificate is let in");
            }
        } catch (IOException | IllegalArgumentException e) {
            tell("what was read before still counts: " + e.getMessage());
        }
        return site;
    }

    private void tell(String problem) {
        if (!problem.equals(told)) {
            told = problem;
            LOG.error("{}: {}", folder, problem);
        }
    }

    private List<Object> look() throws IOException {
        List<Object> state = new ArrayList<>();
        for (String name : Site.FILES) {
            Path file = folder.resolve(name);
            if (!Files.isReadable(file)) {
                throw new IOException("there is no readable file " + name + "; needed are " + Site.FILES);
            }
            state.add(Files.getLastModifiedTime(file));
            state.add(Files.size(file));
        }
        return state;
    }
}
