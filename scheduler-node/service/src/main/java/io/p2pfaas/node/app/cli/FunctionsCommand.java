package io.p2pfaas.node.app.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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

    /** What the node says of its functions to who may manage it; nothing to others. */
    private static Map<String, JsonNode> images(NodeApi node) throws IOException {
        Map<String, JsonNode> images = new HashMap<>();
        try {
            node.read("/system/functions")
                    .forEach(function -> images.put(function.path("name").asText(), function));
        } catch (NodeRefused refused) {
            if (refused.status() != NodeApi.UNAUTHORIZED && refused.status() != NodeApi.FORBIDDEN) {
                throw refused;
            }
        }
        return images;
    }

    static Table table(JsonNode board, Map<String, JsonNode> images, boolean hereOnly) {
        Table table = new Table(
                "function", "node", "kind", "image", "usable", "replicas", "calls", "rate", "errors", "p50_ms", "p99_ms");
        List<JsonNode> nodes = new ArrayList<>();
        board.path("nodes").forEach(nodes::add);
        for (JsonNode node : nodes) {
            boolean self = node.path("self").asBoolean();
            if (hereOnly && !self) {
                continue;
            }
            JsonNode told = node.path("report").path("functions");
            if (told.isArray()) {
                told.forEach(function -> add(table, node, function, self ? images : Map.of()));
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

    private static void add(Table table, JsonNode node, JsonNode function, Map<String, JsonNode> images) {
        String name = function.path("name").asText();
        JsonNode managed = images.get(name);
        table.row(
                name,
                node.path("id").asText(),
                function.path("kind").asText(),
                managed == null ? null : managed.path("image").asText(),
                function.path("usable").asBoolean(),
                managed == null
                        ? whole(function.path("replicas"))
                        : managed.path("availableReplicas").asLong() + "/"
                                + managed.path("replicas").asLong(),
                function.path("calls").asLong(),
                function.path("rate").asDouble(),
                function.path("errors").asLong(),
                fraction(function.path("p50Millis")),
                fraction(function.path("p99Millis")));
    }

    private static @org.jspecify.annotations.Nullable Long whole(JsonNode number) {
        return number.isNumber() ? number.asLong() : null;
    }

    private static @org.jspecify.annotations.Nullable Double fraction(JsonNode number) {
        return number.isNumber() ? number.asDouble() : null;
    }
}
