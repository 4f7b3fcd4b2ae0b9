package io.p2pfaas.load.live.cluster;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A process that the lab started. It is only ever signalled through its handle or its own number. */
final class OwnProcess {
    private static final long KILL_SECONDS = 10;
    private static final int LAST_WORDS = 1500;

    private final String name;
    private final Process process;
    private final Path log;
    private boolean paused;

    private OwnProcess(String name, Process process, Path log) {
        this.name = name;
        this.process = process;
        this.log = log;
    }

    /** Starts a program; all that it prints is added to the log, and it is noted among the {@link Leftovers} beside it. */
    static OwnProcess start(String name, List<String> command, Path log) throws IOException {
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .start();
        try {
            new Leftovers(log.resolveSibling("")).note(process.toHandle());
        } catch (IOException failed) {
            process.destroyForcibly();
            throw failed;
        }
        return new OwnProcess(name, process, log);
    }

    boolean isAlive() {
        return process.isAlive();
    }

    boolean isPaused() {
        return paused;
    }

    /** SIGKILL; returns when it is gone. */
    void kill() throws InterruptedException {
        process.destroyForcibly();
        if (!process.waitFor(KILL_SECONDS, TimeUnit.SECONDS)) {
            throw new IllegalStateException(name + " (process " + process.pid() + ") survived a kill");
        }
    }

    /** SIGTERM, or SIGKILL for one that stands still and could not hear it. */
    void askToEnd() {
        if (paused) {
            process.destroyForcibly();
        } else {
            process.destroy();
        }
    }

    long pid() {
        return process.pid();
    }

    /** Waits for the end; false if it has not come after this time. */
    boolean hasEndedAfter(long millis) throws InterruptedException {
        return process.waitFor(millis, TimeUnit.MILLISECONDS);
    }

    /** Waits for the end, and forces it after this time. */
    void awaitEnd(long millis) throws InterruptedException {
        if (!process.waitFor(millis, TimeUnit.MILLISECONDS)) {
            kill();
        }
    }

    /** Ends it now without waiting. Any thread. */
    void forceEnd() {
        process.destroyForcibly();
    }

    /** SIGSTOP. */
    void pause() throws IOException, InterruptedException {
        signal("STOP");
        paused = true;
    }

    /** SIGCONT. */
    void resume() throws IOException, InterruptedException {
        signal("CONT");
        paused = false;
    }

    private void signal(String signal) throws IOException, InterruptedException {
        Process kill = new ProcessBuilder("kill", "-" + signal, Long.toString(process.pid()))
                .redirectErrorStream(true)
                .start();
        String said = new String(kill.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (kill.waitFor() != 0) {
            throw new IOException("cannot send SIG" + signal + " to " + name + ": " + said.strip());
        }
    }

    /** The end of its log, for a message; names the file. */
    String lastWords() {
        String text;
        try {
            text = Files.readString(log);
        } catch (IOException unreadable) {
            text = "(cannot be read: " + unreadable.getMessage() + ")";
        }
        String end = text.length() > LAST_WORDS ? "..." + text.substring(text.length() - LAST_WORDS) : text;
        String state = process.isAlive() ? "still runs" : "ended with exit code " + process.exitValue();
        return name + " " + state + "; its log " + log + " ends:\n" + end.strip();
    }
}
