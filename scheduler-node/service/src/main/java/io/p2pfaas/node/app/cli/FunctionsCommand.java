package io.p2pfaas.node.app.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/** {@code functions}: what can be called in the cluster, where, and how it goes. */
final class FunctionsCommand {
    private FunctionsCommand() {}

    static CommandSpec spec() {
        CommandSpec spec = Options.command(
                FunctionsCommand::run,
                "Lists functions: one line for each node that has one. Images and replicas are only told to who may"
                        + " manage the node, and only by this one.");
        Target.addTo(spec);
        Form.addTo(spec);
        spec.addOption(Options.flag("Only those of this node.", "--here"));
        return spec;
    }

    private static int run(CommandLine.ParseResult parsed) {
        return Asking.node(parsed, node -> {
            Form form = Form.of(parsed);
            table(node.board(), images(node), parsed.hasMatchedOption("--here")).print(form, System.out);
            return Asking.OK;
        });
    }

    /** What the node says of its functions to who may manage it; empty for others. */
    private static Optional<Map<String, JsonNode>> images(NodeApi node) throws IOException {
        Map<String, JsonNode> images = new TreeMap<>();
        try {
            node.read("/system/functions")
                    .forEach(function -> images.put(function.path("name").asText(), function));
        } catch (NodeRefused refused) {
            if (refused.status() != NodeApi.UNAUTHORIZED && refused.status() != NodeApi.FORBIDDEN) {
                throw refused;
            }
            return Optional.empty();
        }
        return Optional.of(images);
    }

    static Table table(JsonNode board, Optional<Map<String, JsonNode>> images, boolean hereOnly) {
        Table table = new Table(
                "function",
                "node",
                "kind",
                "image",
                "usable",
                "replicas",
                "calls",
                "rate",
                "errors",
                "p50_ms",
                "p99_ms");
        List<JsonNode> nodes = new ArrayList<>();
        board.path("nodes").forEach(nodes::add);
        for (JsonNode node : nodes) {
            boolean self = node.path("self").asBoolean();
            if (hereOnly && !self) {
                continue;
            }
            JsonNode told = node.path("report").path("functions");
            if (self && images.isPresent()) {
                // What the node manages is what it has now; its report may be a second old.
                images.get().forEach((name, managed) -> add(table, node, reported(told, name), managed));
                continue;
            }
            if (told.isArray()) {
                told.forEach(function -> add(table, node, function, MissingNode.getInstance()));
            } else {
                // Its report has not come yet; what it has, its presence says.
                node.path("functions")
                        .forEach(name -> table.row(
                                name.asText(),
                                node.path("id").asText(),
                                null,
                                null,
                                true,
                                null,
                                null,
                                null,
                                null,
                                null,
                                null));
            }
        }
        return table;
    }

    private static JsonNode reported(JsonNode told, String name) {
        for (JsonNode function : told) {
            if (function.path("name").asText().equals(name)) {
                return function;
            }
        }
        return MissingNode.getInstance();
    }

    /** Either of the two may be missing, not both. */
    private static void add(Table table, JsonNode node, JsonNode function, JsonNode managed) {
        boolean isManaged = !managed.isMissingNode();
        boolean isReported = !function.isMissingNode();
        table.row(
                isManaged
                        ? managed.path("name").asText()
                        : function.path("name").asText(),
                node.path("id").asText(),
                isReported ? function.path("kind").asText() : null,
                isManaged ? managed.path("image").asText() : null,
                isReported
                        ? function.path("usable").asBoolean()
                        : managed.path("availableReplicas").asInt() > 0,
                isManaged
                        ? managed.path("availableReplicas").asLong() + "/"
                                + managed.path("replicas").asLong()
                        : whole(function.path("replicas")),
                whole(function.path("calls")),
                fraction(function.path("rate")),
                whole(function.path("errors")),
                fraction(function.path("p50Millis")),
                fraction(function.path("p99Millis")));
    }

    private static @Nullable Long whole(JsonNode number) {
        return number.isNumber() ? number.asLong() : null;
    }

    private static @Nullable Double fraction(JsonNode number) {
        return number.isNumber() ? number.asDouble() : null;
    }
}
