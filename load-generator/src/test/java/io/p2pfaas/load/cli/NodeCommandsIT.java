package io.p2pfaas.load.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.p2pfaas.node.app.Node;
import io.p2pfaas.node.config.LoadResult;
import io.p2pfaas.node.config.NodeSettings;
import io.p2pfaas.node.config.SettingsLoader;
import io.p2pfaas.node.testing.MosquittoProcess;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** {@code top} and {@code service-rate} with a real node and a real broker. */
final class NodeCommandsIT {
    private final StringWriter out = new StringWriter();
    private MosquittoProcess broker;
    private Node node;

    @BeforeEach
    void start() {
        broker = MosquittoProcess.startOrSkip();
        node = Node.start(settings(Map.of(
                "id", List.of("n1"),
                "http.address", List.of("127.0.0.1:0"),
                "broker.url", List.of("mqtt://127.0.0.1:" + broker.port()),
                "slots", List.of("3"),
                "stop-grace", List.of("0s"),
                "functions", List.of("work=builtin:sleep?mean=5ms"))));
        assertThat(node.awaitLink(Duration.ofSeconds(20))).isTrue();
    }

    private static NodeSettings settings(Map<String, List<String>> flags) {
        LoadResult result = SettingsLoader.load(Optional.empty(), Map.of(), flags);
        if (result instanceof LoadResult.Loaded loaded) {
            return loaded.settings();
        }
        throw new IllegalArgumentException(((LoadResult.Refused) result).message());
    }

    @AfterEach
    void stop() {
        if (node != null) {
            node.close();
        }
        if (broker != null) {
            broker.close();
        }
    }

    private int lab(String... args) {
        CommandLine lab = Lab.commandLine();
        return lab.setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(out, true))
                .execute(args);
    }

    @Test
    void the_service_rate_of_a_node_is_measured_and_written_as_a_law(@TempDir Path dir) throws IOException {
        Path law = dir.resolve("times.txt");
        int exit = lab(
                "service-rate",
                node.url() + "/function/work",
                "--calls",
                "60",
                "--warmup-calls",
                "3",
                "--law",
                law.toString());
        assertThat(exit).as(out.toString()).isZero();
        assertThat(out.toString()).contains("60 executed, 3 callers at once").contains("per slot");
        List<String> times = Files.readAllLines(law);
        assertThat(times).hasSize(60).allMatch(line -> line.matches("[0-9]+\\.[0-9]{3}ms"));
        // A sleep is never shorter than it should be.
        assertThat(times).allMatch(line -> Double.parseDouble(line.substring(0, line.length() - 2)) >= 5);
    }

    @Test
    void a_function_that_is_not_there_is_exit_code_1() {
        assertThat(lab("service-rate", node.url() + "/function/nothing", "--calls", "5", "--warmup-calls", "0"))
                .isEqualTo(1);
        assertThat(out.toString()).contains("5: status 404");
    }

    @Test
    void top_finds_nodes_through_the_broker() {
        assertThat(lab("top", "--broker", "mqtt://127.0.0.1:" + broker.port(), "--once", "--interval", "100ms"))
                .as(out.toString())
                .isZero();
        assertThat(out.toString()).containsPattern("n1 +online +0/3 +0/4 +0\\.0");
    }

    @Test
    void top_without_an_answer_is_exit_code_1() {
        String url = node.url();
        node.close();
        assertThat(lab("top", url, "--once", "--interval", "100ms")).isEqualTo(1);
        assertThat(out.toString()).contains("no answer from " + url);
    }
}
