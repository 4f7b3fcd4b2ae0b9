package io.p2pfaas.node.testing;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.command.BuildImageResultCallback;
import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.core.DefaultDockerClientConfig;
import com.github.dockerjava.core.DockerClientImpl;
import com.github.dockerjava.zerodep.ZerodepDockerHttpClient;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;

/**
 * The images of the container tests, built on this machine's engine from a C program beside this class: no registry is
 * asked. They stay there, and are built anew only when the program has changed.
 */
public final class TestImages {
    /** A function that does what it is asked to; web.c says what that can be. It listens on 8080. */
    public static final String WEB = "p2pfaas-test/web";
    /** A function that writes a line and ends with code 3. */
    public static final String QUITTER = "p2pfaas-test/quitter";

    private static final String SOURCE_LABEL = "io.p2pfaas.test.source";
    /** Why there are no images, empty if there are; null before anybody asked. */
    private static @Nullable String problem;

    private TestImages() {}

    /** The engine that tests use: {@code DOCKER_HOST}, or the usual socket. */
    public static String engineAddress() {
        String given = System.getenv("DOCKER_HOST");
        return given == null || given.isBlank() ? "unix:///var/run/docker.sock" : given;
    }

    /**
     * Returns when the images are there, or skips the calling test if there is no engine or no compiler. With CI=true in
     * the environment it fails instead: what a build server skips, nobody ever runs.
     */
    public static synchronized void requireOrSkip() {
        if (problem == null) {
            problem = build();
        }
        if (problem.isEmpty()) {
            return;
        }
        if ("true".equals(System.getenv("CI"))) {
            throw new IllegalStateException(problem + ", and CI=true forbids to skip");
        }
        Assumptions.abort(problem);
    }

    private static String build() {
        var config = DefaultDockerClientConfig.createDefaultConfigBuilder()
                .withDockerHost(engineAddress())
                .withDockerTlsVerify(false)
                .build();
        var transport = new ZerodepDockerHttpClient.Builder()
                .dockerHost(config.getDockerHost())
                .build();
        try (var client = DockerClientImpl.getInstance(config, transport)) {
            try {
                client.pingCmd().exec();
            } catch (RuntimeException absent) {
                return "no container engine answers at " + engineAddress() + " (" + absent.getMessage() + ")";
            }
            byte[] source = source();
            String version = hash(source);
            if (isThere(client, WEB, version) && isThere(client, QUITTER, version)) {
                return "";
            }
            Path folder = Files.createTempDirectory("p2pfaas-test-image-");
            try {
                Files.write(folder.resolve("web.c"), source);
                if (!run(folder, "gcc", "-O1", "-static", "-pthread", "-o", "web", "web.c")) {
                    return "gcc is not there or cannot link statically";
                }
                build(client, folder, WEB, version, "");
                build(client, folder, QUITTER, version, ", \"quit\"");
            } finally {
                delete(folder);
            }
            return "";
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    private static boolean isThere(DockerClient client, String image, String version) {
        try {
            var config = client.inspectImageCmd(image).exec().getConfig();
            return config != null
                    && config.getLabels() != null
                    && version.equals(config.getLabels().get(SOURCE_LABEL));
        } catch (NotFoundException ignored) {
            return false;
        }
    }

    private static void build(DockerClient client, Path folder, String image, String version, String arguments)
            throws IOException {
        Files.writeString(folder.resolve("Dockerfile"), """
                FROM scratch
                COPY web /web
                LABEL %s=%s
                EXPOSE 8080
                CMD ["/web"%s]
                """.formatted(SOURCE_LABEL, version, arguments));
        if (!run(folder, "tar", "-cf", "context.tar", "Dockerfile", "web")) {
            throw new IllegalStateException("tar failed");
        }
        var context = new ByteArrayInputStream(Files.readAllBytes(folder.resolve("context.tar")));
        client.buildImageCmd(context)
                .withTags(Set.of(image))
                .exec(new BuildImageResultCallback())
                .awaitImageId();
    }

    private static boolean run(Path folder, String... command) throws IOException {
        try {
            return new ProcessBuilder(List.of(command))
                            .directory(folder.toFile())
                            .inheritIO()
                            .start()
                            .waitFor()
                    == 0;
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return false;
        } catch (IOException ignored) {
            // Not installed; the caller says so.
            return false;
        }
    }

    private static void delete(Path folder) throws IOException {
        try (var files = Files.list(folder)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        Files.delete(folder);
    }

    private static byte[] source() throws IOException {
        try (InputStream source = TestImages.class.getResourceAsStream("web.c")) {
            if (source == null) {
                throw new IllegalStateException("web.c is not beside " + TestImages.class.getName());
            }
            return source.readAllBytes();
        }
    }

    private static String hash(byte[] source) {
        try {
            var digest = MessageDigest.getInstance("SHA-256");
            // What is made of the source counts too.
            digest.update("1".getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest.digest(source), 0, 8);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
