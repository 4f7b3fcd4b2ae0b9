package io.p2pfaas.load.campaign;

import io.p2pfaas.load.record.RunResult;
import io.p2pfaas.load.record.RunResultJson;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/**
 * {@code runs.jsonl}: a line for each run, on disk before the next one begins. A line counts when its line break is
 * there; what is behind the last one was cut off, by a kill or a power failure, and is removed when writing goes on.
 */
final class RunLines implements Closeable {
    private final FileChannel channel;

    private RunLines(FileChannel channel) {
        this.channel = channel;
    }

    /** Opens for writing behind the last whole line. One process at a time. */
    static RunLines append(Path file) throws IOException {
        FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            if (!isLocked(channel)) {
                throw new IOException("another lab is writing to " + file);
            }
            channel.truncate(wholeLines(Files.readAllBytes(file)));
            channel.position(channel.size());
            return new RunLines(channel);
        } catch (IOException | RuntimeException problem) {
            channel.close();
            throw problem;
        }
    }

    /** The lock belongs to the channel and goes with it, also when the process is killed. */
    private static boolean isLocked(FileChannel channel) throws IOException {
        try {
            FileLock lock = channel.tryLock();
            return lock != null;
        } catch (OverlappingFileLockException ignored) {
            // Another writer in this very process.
            return false;
        }
    }

    /** Any thread. */
    synchronized void add(RunResult result) throws IOException {
        ByteBuffer line = ByteBuffer.wrap((RunResultJson.line(result) + "\n").getBytes(StandardCharsets.UTF_8));
        while (line.hasRemaining()) {
            channel.write(line);
        }
        channel.force(false);
    }

    /** All whole lines; none if there is no file. */
    static List<RunResult> read(Path file) throws IOException {
        byte[] bytes;
        try {
            bytes = Files.readAllBytes(file);
        } catch (NoSuchFileException ignored) {
            // Killed before the first run was opened: no results yet.
            return List.of();
        }
        List<RunResult> results = new ArrayList<>();
        int number = 0;
        for (String line : new String(bytes, 0, wholeLines(bytes), StandardCharsets.UTF_8)
                .lines()
                .toList()) {
            number++;
            try {
                results.add(RunResultJson.parse(line));
            } catch (IllegalArgumentException broken) {
                throw new IOException(file + ", line " + number + ": " + broken.getMessage(), broken);
            }
        }
        return results;
    }

    private static int wholeLines(byte[] bytes) {
        int end = bytes.length;
        while (end > 0 && bytes[end - 1] != '\n') {
            end--;
        }
        return end;
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
