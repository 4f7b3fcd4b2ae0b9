package io.p2pfaas.node.config;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/** The data folder, and how a file in it is replaced: whole or not at all, also when the power goes. */
public record DataFolder(Path path) {
    /** Slots and queue, as over HTTP. */
    public static final String CONFIGURATION = "p2p_faas-scheduler.json";
    /** The scheduler, as over HTTP. */
    public static final String SCHEDULER = "p2p_faas-scheduler-config.json";
    /** The shadow, as over HTTP. */
    public static final String SHADOW = "p2p_faas-shadow-config.json";
    /** What the discovery's configuration was set to. */
    public static final String DISCOVERY = "p2p_faas-discovery.json";

    /** The learner's parameters. */
    public static final String LEARNER = "p2pfaas_learner.json";
    /** What the learner has learned. */
    public static final String WEIGHTS = "p2pfaas_learner_weights.json";

    private static final String FRESH = ".new";

    /** Where a file is. */
    public Path file(String name) {
        return path.resolve(name);
    }

    /** Writes a file anew. One writer per file at a time. */
    public void write(String name, String text) throws IOException {
        Files.createDirectories(path);
        Path fresh = file(name + FRESH);
        try (FileChannel channel = FileChannel.open(
                fresh, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
            ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            // Before the name points to it: else a power cut could leave an empty file of the right name.
            channel.force(true);
        }
        Files.move(fresh, file(name), StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    }
}
