package io.p2pfaas.node.testing;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;

/**
 * A Docker engine of its own, beside the one of the machine, that a test may stop and start as it likes. It needs the right
 * to run one. Without firewall rules: those of the machine's engine are the machine's. With a bridge of its own: with none
 * it would delete the machine's.
 */
public final class OwnEngine implements AutoCloseable {
    private static final int PATIENCE_SECONDS = 30;
    private static final String BRIDGE = "p2pftest0";
    private static final String BRIDGE_ADDRESS = "10.253.77.1/24";

    private final Path folder;
    private Process process;

    private OwnEngine(Path folder) {
        this.folder = folder;
        if (!run("ip", "link", "add", BRIDGE, "type", "bridge")
                || !run("ip", "addr", "add", BRIDGE_ADDRESS, "dev", BRIDGE)
                || !run("ip", "link", "set", BRIDGE, "up")) {
            run("ip", "link", "del", BRIDGE);
            throw new IllegalStateException("the bridge " + BRIDGE + " cannot be made");
        }
        this.process = launch();
    }

    /** Starts one with the images of {@link TestImages}, or skips the calling test; with CI=true it fails instead. */
    public static OwnEngine startOrSkip() {
        TestImages.requireOrSkip();
        if (!isInstalled("dockerd")
                || !isInstalled("docker")
                || !isInstalled("ip")
                || !"root".equals(System.getProperty("user.name"))) {
            String message = "only root can start an engine, with dockerd, docker and ip on the PATH";
            if ("true".equals(System.getenv("CI"))) {
                throw new IllegalStateException(message + ", and CI=true forbids to skip");
            }
            Assumptions.abort(message);
        }
        try {
            OwnEngine engine = new OwnEngine(Files.createTempDirectory("p2pfaas-engine-"));
            engine.load(TestImages.WEB);
            return engine;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean isInstalled(String program) {
        String path = System.getenv().getOrDefault("PATH", "") + ":/usr/sbin";
        return Arrays.stream(path.split(File.pathSeparator))
                .map(place -> Path.of(place, program))
                .anyMatch(Files::isExecutable);
    }

    /** Where it listens. */
    public String address() {
        return "unix://" + folder.resolve("engine.sock");
    }

    private Process launch() {
        try {
            ProcessBuilder builder = new ProcessBuilder(
                    "dockerd",
                    "--host=" + address(),
                    "--data-root=" + folder.resolve("data"),
                    "--exec-root=" + folder.resolve("exec"),
                    "--pidfile=" + folder.resolve("engine.pid"),
                    "--iptables=false",
                    "--ip6tables=false",
                    "--bridge=" + BRIDGE);
            builder.environment().merge("PATH", "/usr/sbin:/sbin", (path, more) -> path + ":" + more);
            Process started = builder.redirectErrorStream(true)
                    .redirectOutput(folder.resolve("engine.log").toFile())
                    .start();
            for (int i = 0; i < PATIENCE_SECONDS * 10; i++) {
                if (run("docker", "-H", address(), "version")) {
                    return started;
                }
                TimeUnit.MILLISECONDS.sleep(100);
            }
            throw new IllegalStateException(
                    "the engine does not answer: " + Files.readString(folder.resolve("engine.log")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }

    private void load(String image) {
        if (!run("sh", "-c", "docker save " + image + " | docker -H " + address() + " load")) {
            throw new IllegalStateException("the image " + image + " cannot be loaded");
        }
    }

    /** Ends the engine and all its containers, as a restart of its service does; returns when it is gone. */
    public void stop() {
        process.destroy();
        try {
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                throw new IllegalStateException("the engine does not end");
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Whether it was started and not stopped. */
    public boolean isRunning() {
        return process.isAlive();
    }

    /** Starts it again after {@link #stop}. */
    public void startAgain() {
        process = launch();
    }

    /** Kills a container by the name that its log lines have. */
    public void kill(String container) {
        if (!run("docker", "-H", address(), "kill", container)) {
            throw new IllegalStateException("the container " + container + " cannot be killed");
        }
    }

    private static boolean run(String... command) {
        try {
            return new ProcessBuilder(List.of(command))
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .redirectError(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    @Override
    public void close() {
        if (process.isAlive()) {
            stop();
        }
        run("ip", "link", "del", BRIDGE);
        // Its own mounts below are gone with it.
        run("rm", "-rf", folder.toString());
    }
}
