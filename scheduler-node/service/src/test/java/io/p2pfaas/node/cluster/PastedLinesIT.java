package io.p2pfaas.node.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.p2pfaas.node.testing.MosquittoProcess;
import io.p2pfaas.node.testing.NetworkSpace;
import io.p2pfaas.node.testing.SiteBroker;
import io.p2pfaas.node.testing.Tool;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The Mosquitto clients of the docs, pasted into a shell: laptop.conf on 1883, site.conf on 8883 and 8884, each with a node.
 * All is in a network of its own, so that those ports are free. What each line prints is in pasted-lines.txt.
 */
final class PastedLinesIT {
    private static final Deque<AutoCloseable> parts = new ArrayDeque<>();
    private static NetworkSpace network;
    private static Path folder;

    @BeforeAll
    static void start() {
        NetworkSpace.needOrSkip("bash", "timeout", "curl");
        SiteBroker.needToolsOrSkip();
        network = keep(NetworkSpace.create("pasted"));
        keep(MosquittoProcess.startIn(network, laptop -> laptop));
        folder = SiteBroker.certificates("n1", "cam9");
        keep(SiteBroker.startIn(
                network,
                folder,
                List.of("cam7", "app1", "ops"),
                "--node=n1",
                "--device=cam7",
                "--device=cam9",
                "--caller=app1",
                "--admin=ops"));
        NodeProcess laptop = keep(NodeProcess.startIn(network, flags("laptop")));
        awaitReady(laptop);
        NodeProcess n1 = keep(NodeProcess.startIn(
                network,
                flags("n1")
                        .with("broker.url", "mqtts://localhost:8883")
                        .with("broker.tls.ca-file", folder.resolve("ca.crt").toString())
                        .with("broker.tls.cert-file", folder.resolve("n1.crt").toString())
                        .with("broker.tls.key-file", folder.resolve("n1.key").toString())));
        awaitReady(n1);
    }

    private static void awaitReady(NodeProcess node) {
        String url = node.url() + "/readyz";
        Await.until(
                node::said,
                () -> network.run("curl", "-sf", "--noproxy", "*", url).exit() == 0);
    }

    private static <T extends AutoCloseable> T keep(T part) {
        parts.push(part);
        return part;
    }

    private static Flags flags(String id) {
        return Flags.forBroker(1883).with("id", id).with("functions", "echo=builtin:echo");
    }

    @AfterAll
    static void stop() {
        RuntimeException first = null;
        while (!parts.isEmpty()) {
            try {
                parts.pop().close();
            } catch (Exception e) {
                first = first == null ? new IllegalStateException("cannot be closed", e) : first;
            }
        }
        if (first != null) {
            throw first;
        }
    }

    static List<PastedLine> lines() {
        return PastedLine.ofDocs();
    }

    @ParameterizedTest
    @MethodSource("lines")
    void a_line_prints_what_the_docs_promise(PastedLine line) {
        PastedLine.Expected expected = Objects.requireNonNull(
                PastedLine.expectations().get(line.command()), () -> "pasted-lines.txt says nothing of " + line);
        if (expected.listens()) {
            assertHears(line, expected);
        } else {
            Tool.Ran ran = paste(line.command());
            assertThat(ran.exit()).as(ran.said()).isZero();
            assertThat(ran.said().stripTrailing()).matches(expected.text());
        }
    }

    private static Tool.Ran paste(String command) {
        return network.run("timeout", "15", "bash", "-c", "cd " + folder + "\n" + command);
    }

    /** It may hear nothing at first: nobody says when it listens, and a user would paste the other line later. */
    private static void assertHears(PastedLine line, PastedLine.Expected expected) {
        Path heard = folder.resolve("heard");
        Deque<Process> listeners = new ArrayDeque<>(List.of(listen(line.command(), heard)));
        try {
            Await.until(() -> line + " printed: " + read(heard), () -> {
                if (!line.next().isEmpty()) {
                    paste(line.next());
                }
                boolean isThere = expected.text().matcher(read(heard)).find();
                if (!isThere && !listeners.getLast().isAlive()) {
                    listeners.add(listen(line.command(), heard));
                }
                return isThere;
            });
        } finally {
            listeners.getLast().descendants().forEach(ProcessHandle::destroy);
            listeners.getLast().destroy();
        }
    }

    private static Process listen(String command, Path heard) {
        try {
            return new ProcessBuilder(network.command("bash", "-c", "cd " + folder + "\n" + command))
                    .redirectErrorStream(true)
                    .redirectOutput(heard.toFile())
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
