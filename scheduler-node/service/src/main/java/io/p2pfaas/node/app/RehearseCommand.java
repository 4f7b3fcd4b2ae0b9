package io.p2pfaas.node.app;

import io.p2pfaas.node.app.cli.Command;
import io.p2pfaas.node.app.cli.NodeClient;
import io.p2pfaas.node.config.LoadResult;
import io.p2pfaas.node.config.SettingsLoader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/**
 * {@code rehearse}: a short life of a node for nobody, so that the JVM can archive the classes that a start loads. Used
 * by the start script.
 */
final class RehearseCommand {
    /** Nobody listens there: the link's classes are loaded, and nothing is disturbed. */
    private static final String NO_BROKER = "mqtt://127.0.0.1:1";

    private static final int CALLS = 20;

    private RehearseCommand() {}

    static CommandSpec spec() {
        CommandSpec spec = CommandSpec.wrapWithoutInspection((Command) parsed -> run());
        spec.usageMessage().hidden(true).description("Starts a node on a free port, calls it, and ends.");
        spec.mixinStandardHelpOptions(true);
        return spec;
    }

    private static int run() {
        Map<String, List<String>> flags = Map.of(
                "id", List.of("rehearsal"),
                "http.address", List.of("127.0.0.1:0"),
                "broker.url", List.of(NO_BROKER),
                "functions", List.of("echo=builtin:echo"));
        LoadResult result = SettingsLoader.load(Optional.empty(), Map.of(), flags);
        if (!(result instanceof LoadResult.Loaded loaded)) {
            return CommandLine.ExitCode.SOFTWARE;
        }
        try (Node node = Node.start(loaded.settings())) {
            NodeClient client = new NodeClient(node.url(), Duration.ofSeconds(5));
            for (int i = 0; i < CALLS; i++) {
                client.send("POST", "/function/echo", List.of(), "hello".getBytes(StandardCharsets.UTF_8));
            }
            client.send("GET", "/metrics", List.of(), null);
            client.send("GET", "/status", List.of(), null);
            return CommandLine.ExitCode.OK;
        } catch (IOException failed) {
            System.err.println(failed.getMessage());
            return CommandLine.ExitCode.SOFTWARE;
        }
    }
}
