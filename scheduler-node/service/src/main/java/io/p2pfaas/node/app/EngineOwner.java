package io.p2pfaas.node.app;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Under which name a node's containers are its own: {@code ROOT/ID}, so that the next life of the node finds them. While
 * another node of this name lives on the machine, which a lock on a file shows, it is a name that nobody else has: one must
 * not take the other's containers for its own, and end them.
 */
final class EngineOwner implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(EngineOwner.class);

    private final String name;
    private final @Nullable FileChannel channel;
    private final String warning;

    private EngineOwner(String name, @Nullable FileChannel channel, String warning) {
        this.name = name;
        this.channel = channel;
        this.warning = warning;
    }

    /** Takes the name, or another one if it is taken. */
    static EngineOwner of(String wanted, Path folder) {
        FileChannel channel = null;
        try {
            channel = FileChannel.open(
                    folder.resolve("p2pfaas-" + wanted.replaceAll("[^A-Za-z0-9]", "_") + "-"
                            + Integer.toHexString(wanted.hashCode()) + ".lock"),
                    StandardOpenOption.CREATE,
                    StandardOpenOption.WRITE);
            FileLock lock = channel.tryLock();
            if (lock != null) {
                return new EngineOwner(wanted, channel, "");
            }
        } catch (OverlappingFileLockException ignored) {
            // In this process, which is as good as in another.
        } catch (IOException failed) {
            return new EngineOwner(
                    wanted,
                    channel,
                    "nobody can tell whether another node calls itself " + wanted + " on this machine: " + failed);
        }
        String other = wanted + "/" + HexFormat.of().formatHex(random());
        close(channel);
        return new EngineOwner(
                other,
                null,
                "another node calls itself " + wanted + " on this machine: containers of this one are labelled " + other
                        + " and will not be found after a restart");
    }

    private static byte[] random() {
        byte[] bytes = new byte[4];
        new SecureRandom().nextBytes(bytes);
        return bytes;
    }

    /** Says so if the name is not the one that was wanted. To be called when there is a container: before, it is nobody's concern. */
    void warn() {
        if (!warning.isEmpty()) {
            LOG.warn(warning);
        }
    }

    String name() {
        return name;
    }

    @Override
    public void close() {
        close(channel);
    }

    private static void close(@Nullable FileChannel open) {
        if (open != null) {
            try {
                open.close();
            } catch (IOException ignored) {
                // The lock ends with the process at the latest.
            }
        }
    }
}
