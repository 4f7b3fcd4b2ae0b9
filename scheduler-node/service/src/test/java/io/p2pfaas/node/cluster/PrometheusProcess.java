package io.p2pfaas.node.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.p2pfaas.node.testing.Tool;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** The Prometheus of Debian's package, which scrapes nodes every second; the program is $PROMETHEUS, or on the PATH. */
final class PrometheusProcess implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final long CLOSE_SECONDS = 5;

    private final Caller caller = new Caller();
    private final Process process;
    private final Path log;
    private final int port;

    private PrometheusProcess(Process process, Path log, int port) {
        this.process = process;
        this.log = log;
        this.port = port;
    }

    /** The program, or promtool, which comes with it; skips the calling test if there is none. */
    static String program(String name) {
        String given = System.getenv("PROMETHEUS");
        String found = given == null || given.isBlank()
                ? name
                : Path.of(given).toAbsolutePath().resolveSibling(name).toString();
        Tool.needOrSkip(found);
        return found;
    }

    /**
     * Starts one in a folder of its own.
     *
     * @param targets host and port of nodes
     * @param rules a file of rules
     */
    static PrometheusProcess start(Path folder, List<String> targets, Path rules) throws IOException {
        int port;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }
        Path configuration = Files.writeString(folder.resolve("prometheus.yml"), """
                global: {scrape_interval: 1s, evaluation_interval: 1s}
                rule_files: ['RULES']
                scrape_configs:
                  - job_name: p2pfaas
                    static_configs:
                      - targets: [TARGETS]
                """.replace(
                        "RULES", rules.toAbsolutePath().toString())
                .replace(
                        "TARGETS",
                        targets.stream().map(target -> "'" + target + "'").collect(Collectors.joining(", "))));
        Path log = folder.resolve("prometheus.log");
        Process process = new ProcessBuilder(
                        program("prometheus"),
                        "--config.file=" + configuration,
                        "--storage.tsdb.path=" + folder.resolve("data"),
                        "--web.listen-address=127.0.0.1:" + port)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        return new PrometheusProcess(process, log, port);
    }

    /** What it has printed. */
    String said() {
        try {
            return Files.readString(log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The data of an answer of its API; an error with what it was asked if there is none. */
    JsonNode api(String path) {
        Reply reply = Await.of(caller.send("GET", "http://127.0.0.1:" + port + "/api/v1/" + path, new byte[0]));
        try {
            JsonNode answer = JSON.readTree(reply.text());
            if (!answer.path("status").asText().equals("success")) {
                throw new IllegalStateException(path + ": " + reply.text());
            }
            return answer.path("data");
        } catch (IOException e) {
            throw new UncheckedIOException(path + ": " + reply.text(), e);
        }
    }

    /** The samples that a query gives now. */
    JsonNode query(String expression) {
        return api("query?query=" + URLEncoder.encode(expression, StandardCharsets.UTF_8))
                .path("result");
    }

    /** Whether it takes requests. */
    boolean isReady() {
        return caller.send("GET", "http://127.0.0.1:" + port + "/-/ready", new byte[0])
                .handle((reply, failed) -> failed == null && reply.status() == 200)
                .join();
    }

    @Override
    public void close() {
        process.destroy();
        process.onExit()
                .completeOnTimeout(process, CLOSE_SECONDS, TimeUnit.SECONDS)
                .join();
        process.destroyForcibly().onExit().join();
    }
}
