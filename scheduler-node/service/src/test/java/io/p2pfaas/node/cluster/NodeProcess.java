package io.p2pfaas.node.cluster;

import io.p2pfaas.node.testing.NetworkSpace;
import io.p2pfaas.node.testing.Tool;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A node in a process of its own, as an operator starts it, so that it can die like one. */
final class NodeProcess implements AutoCloseable {
    /** A JVM that starts needs seconds of processor time; on a machine with much else to do that is a minute. */
    private static final Duration START_PATIENCE = Duration.ofSeconds(60);

    private static final Pattern READY = Pattern.compile("node \\S+ ready at (\\S+), broker .*");

    private final Process process;
    private final Queue<String> said = new ConcurrentLinkedQueue<>();
    private final CompletableFuture<String> url = new CompletableFuture<>();
    private final Thread reader = new Thread(this::read, "node-output");

    private NodeProcess(Process process) {
        this.process = process;
        reader.setDaemon(true);
        reader.start();
    }

    static NodeProcess start(Flags flags, String... jvmOptions) {
        return start(command(flags, jvmOptions));
    }

    /** Starts one in a network of its own. */
    static NodeProcess startIn(NetworkSpace network, Flags flags) {
        return start(network.command(command(flags).toArray(String[]::new)));
    }

    private static List<String> command(Flags flags, String... jvmOptions) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Xmx96m"));
        command.addAll(List.of(jvmOptions));
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), "io.p2pfaas.node.app.Main", "node"));
        command.addAll(flags.arguments());
        return command;
    }

    private static NodeProcess start(List<String> command) {
        try {
            return new NodeProcess(
                    new ProcessBuilder(command).redirectErrorStream(true).start());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void read() {
        try (BufferedReader output = process.inputReader(StandardCharsets.UTF_8)) {
            for (String line = output.readLine(); line != null; line = output.readLine()) {
                said.add(line);
                Matcher ready = READY.matcher(line);
                if (ready.matches()) {
                    url.complete(ready.group(1).replace(",", ""));
                }
            }
        } catch (IOException ignored) {
            // The process is dead; so is its output.
        }
        url.completeExceptionally(new IllegalStateException("the node ended: " + said));
    }

    /** Where it listens, once it has said so. */
    String url() {
        return Await.of(url, START_PATIENCE);
    }

    /** Everything that it has printed so far. */
    String said() {
        return String.join("\n", said);
    }

    /** Whether it has not ended. */
    boolean isAlive() {
        return process.isAlive();
    }

    /** kill -9. */
    void kill() {
        process.destroyForcibly().onExit().join();
    }

    /** Stops it as if its machine stood still (SIGSTOP): its connections stay. */
    void freeze() {
        Tool.succeed(List.of("kill", "-STOP", Long.toString(process.pid())));
    }

    /** Lets it go on. */
    void thaw() {
        Tool.succeed(List.of("kill", "-CONT", Long.toString(process.pid())));
    }

    /** SIGTERM. Not {@link Process#destroy}, which also stops listening to the process's last words. */
    void terminate() {
        process.toHandle().destroy();
    }

    /** The exit code, once there is one; then {@link #said} is complete. */
    int exitCode() {
        Await.until(() -> "the node ends: " + said(), () -> !process.isAlive() && !reader.isAlive());
        return process.exitValue();
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(5, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            process.destroyForcibly();
        }
    }
}
