package io.p2pfaas.load.live.cluster;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which processes were started from a work folder, in a file in it. A lab that is killed with -9 cannot end its nodes;
 * the next one in the same folder does. A process is only touched if its number and its start time are those noted.
 */
final class Leftovers {
    private static final Pattern LINE = Pattern.compile("([0-9]{1,18}) ([0-9]{1,18})");
    private static final long END_SECONDS = 10;

    private final Path file;

    Leftovers(Path folder) {
        file = folder.resolve("processes.txt");
    }

    /** Notes a process that was just started. */
    void note(ProcessHandle process) throws IOException {
        Optional<Instant> start = process.info().startInstant();
        if (start.isPresent()) {
            Files.writeString(
                    file,
                    process.pid() + " " + start.get().toEpochMilli() + "\n",
                    StandardOpenOption.CREATE,
                    StandardOpenOption.APPEND);
        }
    }

    /** Ends those that were noted and still run, and forgets all. Returns how many there were. */
    int end() throws IOException {
        if (!Files.exists(file)) {
            return 0;
        }
        List<ProcessHandle> running = Files.readAllLines(file).stream()
                .map(Leftovers::running)
                .flatMap(Optional::stream)
                .toList();
        running.forEach(ProcessHandle::destroyForcibly);
        for (ProcessHandle process : running) {
            await(process);
        }
        Files.delete(file);
        return running.size();
    }

    private static Optional<ProcessHandle> running(String line) {
        Matcher matcher = LINE.matcher(line);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        long startMillis = Long.parseLong(matcher.group(2));
        return ProcessHandle.of(Long.parseLong(matcher.group(1)))
                .filter(process -> process.info()
                        .startInstant()
                        .filter(start -> start.toEpochMilli() == startMillis)
                        .isPresent());
    }

    private static void await(ProcessHandle process) throws IOException {
        try {
            process.onExit().get(END_SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException | ExecutionException failed) {
            throw new IOException("process " + process.pid() + " of an earlier run does not end", failed);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
