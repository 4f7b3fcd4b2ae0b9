package io.p2pfaas.node.testing;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Assumptions;

/**
 * The system's own Mosquitto with broker-config/mosquitto/laptop.conf, on a free port of 127.0.0.1. It can be killed and
 * comes back on the same port, as empty as after a power cut. For one thread.
 */
public final class MosquittoProcess implements AutoCloseable {
    private static final String SHIPPED_LISTENER = "listener 1883 127.0.0.1";

    private static final long CLOSE_SECONDS = 5;

    private final int port;
    private final Path configuration;
    private final List<String> command;
    private Process process;

    private MosquittoProcess(int port, Path configuration) {
        this(port, configuration, List.of("mosquitto", "-c", configuration.toString()));
    }

    private MosquittoProcess(int port, Path configuration, List<String> command) {
        this.port = port;
        this.configuration = configuration;
        this.command = command;
        this.process = launch();
    }

    /**
     * Starts a broker, or skips the calling test if there is no mosquitto on the PATH. With CI=true in the environment
     * it fails instead: what a build server skips, nobody ever runs.
     */
    public static MosquittoProcess startOrSkip() {
        requireInstalled();
        return start();
    }

    /** The same with another configuration, made for a port. */
    public static MosquittoProcess startOrSkip(IntFunction<String> configurationFor) {
        requireInstalled();
        try {
            int port = freePort();
            var file = Files.createTempFile("p2pfaas-mosquitto-", ".conf");
            return new MosquittoProcess(port, Files.writeString(file, configurationFor.apply(port)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void requireInstalled() {
        if (!isInstalled()) {
            var message = "mosquitto is not on the PATH";
            if ("true".equals(System.getenv("CI"))) {
                throw new IllegalStateException(message + ", and CI=true forbids to skip");
            }
            Assumptions.abort(message);
        }
    }

    /** Starts a broker with a configuration of one's own, which is deleted at the end; the port is one of its listeners. */
    static MosquittoProcess start(int port, Path configuration) {
        return new MosquittoProcess(port, configuration);
    }

    /** The same in a network of its own. */
    static MosquittoProcess startIn(NetworkSpace network, int port, Path configuration) {
        return new MosquittoProcess(port, configuration, network.command("mosquitto", "-c", configuration.toString()));
    }

    /** Starts a broker in a network of its own, with laptop.conf or what is made of it. */
    public static MosquittoProcess startIn(NetworkSpace network, UnaryOperator<String> change) {
        try {
            var file = Files.createTempFile("p2pfaas-mosquitto-", ".conf");
            return startIn(
                    network, 1883, Files.writeString(file, change.apply(Files.readString(shippedConfiguration()))));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Starts a broker and returns when it listens. */
    public static MosquittoProcess start() {
        try {
            int port = freePort();
            var shipped = Files.readString(shippedConfiguration());
            var moved = shipped.replace(SHIPPED_LISTENER, "listener " + port + " 127.0.0.1");
            if (moved.equals(shipped)) {
                throw new IllegalStateException("laptop.conf has no line '" + SHIPPED_LISTENER + "' any more");
            }
            var configuration = Files.createTempFile("p2pfaas-mosquitto-", ".conf");
            return new MosquittoProcess(port, Files.writeString(configuration, moved));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whether there is a mosquitto on the PATH. */
    public static boolean isInstalled() {
        var path = System.getenv().getOrDefault("PATH", "");
        return Arrays.stream(path.split(File.pathSeparator))
                .map(folder -> Path.of(folder, "mosquitto"))
                .anyMatch(Files::isExecutable);
    }

    public int port() {
        return port;
    }

    long pid() {
        return process.pid();
    }

    /** Ends the broker without a word to its clients (SIGKILL); returns when it is gone. */
    public void kill() {
        process.destroyForcibly().onExit().join();
    }

    /** Stops the broker as if its machine stood still (SIGSTOP): its connections stay, and it says nothing. */
    public void freeze() {
        Tool.succeed(List.of("kill", "-STOP", Long.toString(process.pid())));
    }

    /** Lets it go on. */
    public void thaw() {
        Tool.succeed(List.of("kill", "-CONT", Long.toString(process.pid())));
    }

    /** Kills the broker if it still runs, and starts it anew on the same port. */
    public void restart() {
        kill();
        process = launch();
    }

    /** Ends the broker as an operator would (SIGTERM); Mosquitto 2.0.11 with a bridge may spin at the end. */
    @Override
    public void close() {
        process.destroy();
        process.onExit()
                .completeOnTimeout(process, CLOSE_SECONDS, TimeUnit.SECONDS)
                .join();
        kill();
        try {
            Files.deleteIfExists(configuration);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Process launch() {
        try {
            var launched = new ProcessBuilder(command).redirectErrorStream(true).start();
            awaitListening(launched);
            return launched;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** It says "mosquitto version 2.0.11 running" once its sockets are open, and ends if they cannot be. */
    private void awaitListening(Process launched) throws IOException {
        BufferedReader log = launched.inputReader(StandardCharsets.UTF_8);
        List<String> said = new ArrayList<>();
        for (var line = log.readLine(); line != null; line = log.readLine()) {
            said.add(line);
            if (line.endsWith(" running")) {
                drain(log);
                return;
            }
        }
        throw new IllegalStateException("mosquitto did not start on port " + port + ": " + String.join("\n", said));
    }

    /** Somebody has to read on, or mosquitto blocks on a full pipe. */
    private static void drain(BufferedReader log) {
        var reader = new Thread(() -> readToEnd(log), "mosquitto-log");
        reader.setDaemon(true);
        reader.start();
    }

    private static void readToEnd(BufferedReader log) {
        try {
            while (log.readLine() != null) {
                // Nobody asked for it.
            }
        } catch (IOException ignored) {
            // Killing the process closes the pipe under the reader's feet.
        }
    }

    static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static Path shippedConfiguration() {
        return shipped("laptop.conf");
    }

    /** A file of broker-config/mosquitto, from any module: Maven runs tests in the module's own folder, an IDE perhaps not. */
    static Path shipped(String name) {
        for (var folder = Path.of("").toAbsolutePath(); folder != null; folder = folder.getParent()) {
            var candidate = folder.resolve("broker-config/mosquitto").resolve(name);
            if (Files.exists(candidate)) {
                return candidate;
            }
        }
        throw new IllegalStateException(
                "no broker-config/mosquitto/" + name + " above " + Path.of("").toAbsolutePath());
    }
}
