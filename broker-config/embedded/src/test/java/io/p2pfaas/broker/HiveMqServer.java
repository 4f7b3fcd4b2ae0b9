package io.p2pfaas.broker;

import com.github.dockerjava.api.model.ExposedPort;
import com.github.dockerjava.api.model.HostConfig;
import com.github.dockerjava.api.model.PortBinding;
import com.github.dockerjava.api.model.Ports;
import io.p2pfaas.node.testing.Tool;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.Assumptions;
import org.testcontainers.hivemq.HiveMQContainer;
import org.testcontainers.utility.DockerImageName;
import org.testcontainers.utility.MountableFile;

/** HiveMQ CE in a container with a shipped configuration; its ports are published on 127.0.0.1 only. For one thread. */
final class HiveMqServer implements AutoCloseable {
    private static final String LOOPBACK = "<bind-address>127.0.0.1</bind-address>";
    private static final String ANY = "<bind-address>0.0.0.0</bind-address>";

    private final HiveMQContainer container;

    private HiveMqServer(HiveMQContainer container) {
        this.container = container;
    }

    /**
     * Starts a broker with laptop.xml, or skips the calling test without an engine or its image; with CI=true in the
     * environment it fails instead.
     */
    static HiveMqServer startOrSkip() {
        // A container's loopback is its own: from outside, nobody would reach a listener there.
        return startOrSkip(shippedText("laptop.xml").replace(LOOPBACK, ANY), List.of(1883), container -> {});
    }

    /** The same with another configuration, and with what else the container needs. */
    static HiveMqServer startOrSkip(String configuration, List<Integer> ports, Consumer<HiveMQContainer> more) {
        String image = Tool.succeed(List.of(shipped("make-image").toString(), "--name"))
                .strip();
        Optional<String> missing = missing(image);
        if (missing.isPresent()) {
            if ("true".equals(System.getenv("CI"))) {
                throw new IllegalStateException(missing.get() + "; CI=true forbids to skip");
            }
            Assumptions.abort(missing.get());
        }
        try {
            Path file = Files.writeString(Files.createTempFile("p2pfaas-hivemq-", ".xml"), configuration);
            var container = new HiveMQContainer(DockerImageName.parse(image))
                    .withHiveMQConfig(readable(file))
                    .withExposedPorts(ports.toArray(Integer[]::new))
                    .withStartupTimeout(Duration.ofMinutes(2))
                    // It lives for seconds; without the second compiler it starts with a third less work.
                    .withEnv("JAVA_OPTS", "-XX:TieredStopAtLevel=1")
                    .withCreateContainerCmdModifier(command -> asAtASite(command.getHostConfig(), ports));
            more.accept(container);
            container.start();
            Files.delete(file);
            return new HiveMqServer(container);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What cannot be had here. Testcontainers itself would try for two minutes to pull it. */
    private static Optional<String> missing(String image) {
        Tool.needOrSkip("docker");
        if (docker("version").exit() != 0) {
            return Optional.of("no container engine answers");
        }
        Tool.Ran found = docker("image", "inspect", image);
        if (found.exit() != 0) {
            return Optional.of("there is no image " + image + ": pull it, or run broker-config/hivemq/make-image");
        }
        boolean selfMade = found.said().contains("MADE_BY_MAKE_IMAGE=");
        if (selfMade && !"true".equals(System.getenv("TESTCONTAINERS_RYUK_DISABLED"))) {
            return Optional.of("the image " + image + " is self-made, so there may be no registry for other ones: set"
                    + " TESTCONTAINERS_RYUK_DISABLED=true and TESTCONTAINERS_TINYIMAGE_CONTAINER_IMAGE=" + image);
        }
        return Optional.empty();
    }

    private static Tool.Ran docker(String... arguments) {
        return Tool.run(Map.of(), Tool.command(List.of("docker"), arguments));
    }

    /** Not for everybody to reach, and with a disk: Testcontainers would give it one that a restart empties. */
    private static void asAtASite(HostConfig host, List<Integer> ports) {
        host.withTmpFs(Map.of());
        host.withPortBindings(ports.stream()
                .map(port -> new PortBinding(Ports.Binding.bindIp("127.0.0.1"), ExposedPort.tcp(port)))
                .toList());
    }

    /** Where a port of the container is reached on 127.0.0.1; another one after a restart. */
    int port(int inside) {
        String bound = Tool.succeed(List.of("docker", "port", container.getContainerId(), inside + "/tcp"));
        return Integer.parseInt(bound.strip().replaceFirst("127\\.0\\.0\\.1:", ""));
    }

    /** Replaces a file in the container. */
    void copy(Path file, String folder) {
        container.copyFileToContainer(readable(file), folder + "/" + file.getFileName());
    }

    /** Ends the broker without a word (SIGKILL) and starts it with what is on its disk; it may not listen yet. */
    void killAndStart() {
        Tool.succeed(List.of("docker", "kill", container.getContainerId()));
        Tool.succeed(List.of("docker", "start", container.getContainerId()));
    }

    String log() {
        return container.getLogs();
    }

    /** A file for the container, where HiveMQ is another user. */
    static MountableFile readable(Path file) {
        return MountableFile.forHostPath(file, 0644);
    }

    @Override
    public void close() {
        container.stop();
    }

    /** Our extension as a folder for HiveMQ; made when its module is packaged. */
    static Path extension() {
        return shipped("extension/target/p2pfaas-rights");
    }

    static String shippedText(String name) {
        try {
            return Files.readString(shipped(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A file of broker-config/hivemq, wherever the tests are started. */
    static Path shipped(String name) {
        for (var folder = Path.of("").toAbsolutePath(); folder != null; folder = folder.getParent()) {
            var candidate = folder.resolve("broker-config/hivemq").resolve(name);
            if (Files.exists(candidate)) {
                return candidate;
            }
        }
        throw new IllegalStateException(
                "no broker-config/hivemq/" + name + " above " + Path.of("").toAbsolutePath());
    }
}
