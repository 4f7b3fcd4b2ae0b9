package io.p2pfaas.load.live.cluster;

import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/** A Mosquitto of its own on a free port of 127.0.0.1. It can be killed and comes back on the same port. */
final class BrokerProcess {
    /** As broker-config/mosquitto/laptop.conf, which says why; a test compares them. */
    static final List<String> SETTINGS = List.of(
            "allow_anonymous true",
            "set_tcp_nodelay true",
            "max_inflight_messages 1000",
            "max_queued_messages 100000",
            "max_queued_bytes 1073741824",
            "max_packet_size 67108864",
            "persistence false");

    /** Counters are said as often as Mosquitto can, so that packets can be counted. */
    private static final String COUNT_OFTEN = "sys_interval 1";

    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final long POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(10);
    private static final int CONNECT_MILLIS = 500;

    private final String program;
    private final int port;
    private final Path configuration;
    private final Path log;
    /** Replaced by the thread of the faults. */
    private volatile OwnProcess process;

    private BrokerProcess(String program, int port, Path configuration, Path log) throws IOException {
        this.program = program;
        this.port = port;
        this.configuration = configuration;
        this.log = log;
        process = launch();
    }

    /**
     * Starts one and returns when it listens.
     *
     * @param keeps whether it writes down each change, and has it after a kill
     */
    static BrokerProcess start(Path folder, boolean keeps) throws IOException, LaunchFailed {
        String program = find(System.getenv().getOrDefault("PATH", ""))
                .orElseThrow(
                        () -> new LaunchFailed(
                                "mosquitto is neither on the PATH nor in /usr/sbin;"
                                        + " install it (Debian: apt-get install mosquitto), or name a broker: broker: mqtt://HOST:PORT"))
                .toString();
        int port = FreePort.find();
        Path configuration = folder.resolve("mosquitto.conf");
        Files.writeString(
                configuration,
                "listener " + port + " 127.0.0.1\n" + String.join("\n", settings(folder, keeps)) + "\n" + COUNT_OFTEN
                        + "\n");
        BrokerProcess broker = new BrokerProcess(program, port, configuration, folder.resolve("mosquitto.log"));
        broker.awaitListening();
        return broker;
    }

    private static List<String> settings(Path folder, boolean keeps) {
        if (!keeps) {
            return SETTINGS;
        }
        List<String> kept = new ArrayList<>(SETTINGS);
        kept.remove("persistence false");
        kept.add("persistence true");
        kept.add("persistence_location " + folder.toAbsolutePath() + "/");
        kept.add("autosave_on_changes true");
        kept.add("autosave_interval 1");
        // Started by root it would give up its rights, and then not be able to write here.
        kept.add("user root");
        return kept;
    }

    private static Optional<Path> find(String path) {
        return Stream.concat(Arrays.stream(path.split(File.pathSeparator)), Stream.of("/usr/sbin", "/usr/local/sbin"))
                .filter(folder -> !folder.isEmpty())
                .map(folder -> Path.of(folder, "mosquitto"))
                .filter(Files::isExecutable)
                .findFirst();
    }

    private OwnProcess launch() throws IOException {
        return OwnProcess.start("mosquitto", List.of(program, "-c", configuration.toString()), log);
    }

    private void awaitListening() throws LaunchFailed {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!listens()) {
            if (!process.isAlive() || System.nanoTime() - end > 0) {
                process.forceEnd();
                throw new LaunchFailed("the broker did not start: " + process.lastWords());
            }
            LockSupport.parkNanos(POLL_NANOS);
        }
    }

    private boolean listens() {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), CONNECT_MILLIS);
            return true;
        } catch (IOException ignored) {
            return false;
        }
    }

    int port() {
        return port;
    }

    OwnProcess process() {
        return process;
    }

    /** Starts it again after a kill; returns at once. */
    void startAgain() throws IOException {
        process = launch();
    }
}
