package io.p2pfaas.broker;

import static org.assertj.core.api.Assertions.assertThat;

import io.p2pfaas.node.app.Node;
import io.p2pfaas.node.config.LoadResult;
import io.p2pfaas.node.config.SettingsLoader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The embedded broker in a JVM of its own, which is killed and started again while two nodes are called. */
final class EmbeddedOutageIT {
    private static final long BETWEEN_NANOS = TimeUnit.MILLISECONDS.toNanos(50);
    private static final long START_NANOS = TimeUnit.SECONDS.toNanos(60);
    private static final long BACK_WITHIN_NANOS = TimeUnit.SECONDS.toNanos(10);

    @TempDir
    private Path folder = Path.of(".");

    private final HttpClient http = HttpClient.newHttpClient();
    private final List<CompletableFuture<HttpResponse<String>>> calls = new ArrayList<>();

    @Test
    void ten_seconds_without_the_embedded_broker_cost_no_call() throws IOException {
        assertOutageCostsNoCall(10);
    }

    @Tag("long")
    @Test
    void a_minute_without_the_embedded_broker_costs_no_call() throws IOException {
        assertOutageCostsNoCall(60);
    }

    private void assertOutageCostsNoCall(int seconds) throws IOException {
        int port = freePort();
        Process broker = broker(port);
        try (Node one = node("n1", port);
                Node other = node("n2", port)) {
            callUntilShared(one, other, START_NANOS);

            broker.destroyForcibly().onExit().join();
            long killed = System.nanoTime();
            while (System.nanoTime() - killed < TimeUnit.SECONDS.toNanos(seconds)) {
                call(one, other);
            }
            assertThat(isShared(one)).isFalse();
            broker = broker(port);
            callUntilShared(one, other, BACK_WITHIN_NANOS);

            assertThat(calls.stream().map(CompletableFuture::join))
                    .hasSizeGreaterThan(seconds)
                    .allSatisfy(answer -> assertThat(answer.statusCode())
                            .as("%s", answer.body())
                            .isEqualTo(200));
        } finally {
            broker.destroyForcibly().onExit().join();
        }
    }

    /** Returns when it listens. */
    private Process broker(int port) throws IOException {
        Process broker = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        // What it leaves behind when it is killed.
                        "-Djava.io.tmpdir=" + folder,
                        "-cp",
                        System.getProperty("java.class.path"),
                        Alone.class.getName(),
                        Integer.toString(port))
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        assertThat(broker.inputReader().readLine()).isEqualTo(Alone.LISTENS);
        return broker;
    }

    /** What runs in the broker's JVM. */
    static final class Alone {
        static final String LISTENS = "it listens";

        @SuppressWarnings("resource") // It ends with its JVM.
        public static void main(String[] arguments) {
            EmbeddedBroker.start(Integer.parseInt(arguments[0]));
            System.out.println(LISTENS);
        }
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static Node node(String id, int port) {
        var flags = Map.of(
                "id", List.of(id),
                "http.address", List.of("127.0.0.1:0"),
                "broker.url", List.of("mqtt://127.0.0.1:" + port),
                "queue", List.of("100"),
                "functions", List.of("echo=builtin:echo", "nap=builtin:sleep?mean=20ms"));
        if (SettingsLoader.load(Optional.empty(), Map.of(), flags) instanceof LoadResult.Loaded loaded) {
            return Node.start(loaded.settings());
        }
        throw new IllegalStateException("settings of " + id);
    }

    private void callUntilShared(Node one, Node other, long withinNanos) {
        long start = System.nanoTime();
        while (!isShared(one) || !isShared(other)) {
            assertThat(System.nanoTime() - start).as(one.status()).isLessThan(withinNanos);
            call(one, other);
        }
    }

    private void call(Node... nodes) {
        for (Node node : nodes) {
            calls.add(http.sendAsync(post(node, "nap").build(), HttpResponse.BodyHandlers.ofString()));
        }
        LockSupport.parkNanos(BETWEEN_NANOS);
    }

    private boolean isShared(Node node) {
        return http.sendAsync(
                        post(node, "echo")
                                .header("X-P2pfaas-Scheduler-Forward", "1")
                                .build(),
                        HttpResponse.BodyHandlers.ofString())
                .join()
                .headers()
                .firstValue("X-P2pfaas-Peers-List-Id")
                .isPresent();
    }

    private static HttpRequest.Builder post(Node node, String function) {
        return HttpRequest.newBuilder(URI.create(node.url() + "/function/" + function))
                .timeout(Duration.ofSeconds(30))
                .POST(HttpRequest.BodyPublishers.noBody());
    }
}
