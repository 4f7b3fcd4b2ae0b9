package io.p2pfaas.node.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.p2pfaas.node.testing.Fault;
import io.p2pfaas.node.testing.MosquittoProcess;
import io.p2pfaas.node.testing.OwnEngine;
import io.p2pfaas.node.testing.TestImages;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The container engine goes and comes while a node runs. */
final class EngineRestartIT {
    @TempDir
    private static Path data = Path.of(".");

    private static OwnEngine engine;
    private static MosquittoProcess broker;

    private static final String WEB = "{\"service\":\"web\",\"image\":\"" + TestImages.WEB + "\"}";

    @BeforeAll
    static void start() {
        engine = OwnEngine.startOrSkip();
        broker = MosquittoProcess.startOrSkip();
    }

    @AfterAll
    static void stop() {
        if (broker != null) {
            broker.close();
        }
        if (engine != null) {
            engine.close();
        }
    }

    @BeforeEach
    void awaitEngine() {
        if (!engine.isRunning()) {
            engine.startAgain();
        }
    }

    private static Flags flags(String id) {
        return Flags.forBroker(broker.port())
                .with("id", id)
                .with("docker.host", engine.address())
                .with("functions", "echo=builtin:echo")
                .with("data", data.resolve(id).toString());
    }

    @Fault(
            in = Fault.Area.FUNCTION,
            fault = "kill of the engine, and restart",
            promise = "functions are unavailable meanwhile and return by themselves")
    @Test
    void functions_return_by_themselves_when_the_engine_does() {
        try (NodeProcess node = NodeProcess.start(flags("loss-1"))) {
            Operator operator = new Operator(node.url());
            assertThat(operator.deploy(WEB).status()).isEqualTo(202);
            assertThat(operator.call("web", "before").text()).endsWith("before");

            engine.stop();
            Await.until("the loss is noticed", () -> operator.call("web", "").status() != 200);
            assertThat(operator.call("web", "").text()).contains("\"code\":");
            assertThat(operator.send("GET", "/readyz", "").status()).isEqualTo(200);
            assertThat(operator.call("echo", "untouched").text()).isEqualTo("untouched");
            assertThat(operator.names()).containsExactly("echo", "web");

            engine.startAgain();
            Await.until("the function is back", () -> operator.call("web", "x").status() == 200);
            operator.awaitAvailable("web", 1);
            Metrics.of(node.url(), new Caller()).assertBalanced();
        }
    }

    @Fault(
            in = Fault.Area.FUNCTION,
            fault = "no engine at the start",
            promise = "the node starts, and uses the one that comes")
    @Test
    void a_node_starts_without_an_engine_and_uses_the_one_that_comes() {
        engine.stop();
        try (NodeProcess node = NodeProcess.start(flags("loss-2"))) {
            Operator operator = new Operator(node.url());
            assertThat(operator.call("echo", "here").text()).isEqualTo("here");
            assertThat(operator.deploy(WEB).status()).isEqualTo(202);
            assertThat(operator.call("web", "").status()).isNotEqualTo(200);

            engine.startAgain();
            Await.until("the function is there", () -> operator.call("web", "x").status() == 200);
        }
    }

    @Fault(in = Fault.Area.FUNCTION, fault = "kill -9 of a container", promise = "it is replaced")
    @Test
    void a_container_that_is_killed_is_replaced() {
        try (NodeProcess node = NodeProcess.start(flags("loss-3"))) {
            Operator operator = new Operator(node.url());
            assertThat(operator.deploy(WEB).status()).isEqualTo(202);
            operator.awaitAvailable("web", 1);
            String first = operator.logs("web").get(0).path("instance").asText();

            engine.kill(first);

            Await.until(
                    "another one is there",
                    () -> operator.logs("web").stream()
                            .anyMatch(line -> !line.path("instance").asText().equals(first)));
            operator.awaitAvailable("web", 1);
            assertThat(operator.call("web", "x").status()).isEqualTo(200);
        }
    }
}
