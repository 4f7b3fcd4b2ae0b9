package io.p2pfaas.node.app;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;

/**
 * Numbers the lives of a node, so that peers can tell a message of a former one: the wall clock in milliseconds, or one
 * more than the last number if the clock went back. Without a data folder there is nothing to compare the clock with.
 */
final class SessionCounter {
    private static final String FILE = "session";

    private SessionCounter() {}

    /**
     * The number of the life that begins.
     *
     * @param wallMillis the wall clock
     * @throws IllegalStateException if the data folder cannot be used; the message says why
     */
    static long next(Optional<Path> data, long wallMillis) {
        if (data.isEmpty()) {
            return wallMillis;
        }
        Path folder = data.get();
        try {
            Files.createDirectories(folder);
            Path file = folder.resolve(FILE);
            long next = Math.max(wallMillis, last(file) + 1);
            Path fresh = folder.resolve(FILE + ".new");
            Files.writeString(fresh, next + "\n");
            Files.move(fresh, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
            return next;
        } catch (IOException | UncheckedIOException failed) {
            throw new IllegalStateException("the data folder " + folder + " cannot be used: " + failed, failed);
        }
    }

    private static long last(Path file) throws IOException {
        if (!Files.exists(file)) {
            return 0;
        }
        String text = Files.readString(file).trim();
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException damaged) {
            throw new IOException(file + " has no number in it but '" + text + "'", damaged);
        }
    }
}
