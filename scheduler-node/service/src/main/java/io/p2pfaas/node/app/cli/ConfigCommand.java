package io.p2pfaas.node.app.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** {@code config [get|set]}: what a node is set to, what other nodes have in its place, and changes that need no restart. */
final class ConfigCommand {
    private static final String CONFIGURATION = "/configuration";
    /** Our keys, and what P2PFaaS calls them. */
    private static final Map<String, String> CHANGEABLE = new TreeMap<>(Map.of(
            "slots", "parallel_running_functions_max", "queue", "queue_length_max", "queue-enabled", "queue_enabled"));

    private static final int MOST = 1_000_000;

    private ConfigCommand() {}

    static CommandSpec spec() {
        CommandSpec spec = Options.command(
                ConfigCommand::run,
                "Shows what matters of a node's configuration, and which other nodes differ.",
                "  config                 all that matters",
                "  config get KEY         one value",
                "  config set KEY VALUE   changes it: slots, queue or queue-enabled",
                "A change is in force at once, and kept if the node has a data folder. The algorithm is changed with policy; other settings need a restart of the node.");
        Target.addTo(spec);
        Form.addTo(spec);
        spec.addPositional(PositionalParamSpec.builder()
                .paramLabel("get|set KEY VALUE")
                .index("0..*")
                .type(List.class)
                .auxiliaryTypes(String.class)
                .arity("0..3")
                .completionCandidates(Stream.concat(Stream.of("get", "set"), CHANGEABLE.keySet().stream())
                        .toList())
                .description("What to do. Default: show everything.")
                .build());
        return spec;
    }

    private static int run(CommandLine.ParseResult parsed) {
        return Asking.node(parsed, node -> {
            Form form = Form.of(parsed);
            List<String> said = parsed.matchedPositionalValue(0, List.<String>of());
            if (said.isEmpty()) {
                table(node).print(form, System.out);
            } else if (said.get(0).equals("get") && said.size() == 2) {
                show(said.get(1), value(node, said.get(1)), form, "");
            } else if (said.get(0).equals("set") && said.size() == 3) {
                node.send("POST", CONFIGURATION, change(said.get(1), said.get(2)));
                show(said.get(1), value(node, said.get(1)), form, said.get(1) + " = ");
            } else {
                throw new IllegalArgumentException("config is followed by '" + String.join(" ", said)
                        + "', allowed is nothing, get KEY, or set KEY VALUE");
            }
            return Asking.OK;
        });
    }

    private static void show(String key, String value, Form form, String before) {
        if (form == Form.TABLE) {
            System.out.println(before + Table.harmless(value));
        } else {
            new Table("key", "value").row(key, value).print(form, System.out);
        }
    }

    static ObjectNode change(String key, String value) {
        String field = CHANGEABLE.get(key);
        if (field == null) {
            throw new IllegalArgumentException("KEY is '" + key + "', allowed is one of "
                    + String.join(", ", CHANGEABLE.keySet()) + "; other settings need a restart of the node");
        }
        ObjectNode change = JsonNodeFactory.instance.objectNode();
        if (!key.equals("queue-enabled")) {
            return change.put(field, Options.number("VALUE of " + key, value, key.equals("slots") ? 1 : 0, MOST));
        }
        if (!value.equals("true") && !value.equals("false")) {
            throw new IllegalArgumentException("VALUE of " + key + " is '" + value + "', allowed is true or false");
        }
        return change.put(field, value.equals("true"));
    }

    private static String value(NodeApi node, String key) throws IOException {
        Map<String, String> all = new TreeMap<>();
        JsonNode own = own(node.board());
        own.path("report")
                .path("config")
                .properties()
                .forEach(one -> all.put(one.getKey(), one.getValue().asText()));
        JsonNode capacity = node.read(CONFIGURATION);
        CHANGEABLE.forEach((ours, theirs) -> all.put(ours, capacity.path(theirs).asText()));
        String value = all.get(key);
        if (value == null) {
            throw new IllegalArgumentException(
                    "KEY is '" + key + "', allowed is one of " + String.join(", ", all.keySet()));
        }
        return value;
    }

    private static Table table(NodeApi node) throws IOException {
        JsonNode board = node.wholeBoard();
        JsonNode capacity = node.read(CONFIGURATION);
        Table table = new Table("key", "value", "changeable", "elsewhere");
        own(board).path("report").path("config").properties().forEach(one -> {
            String key = one.getKey();
            String change = CHANGEABLE.containsKey(key) ? "config set" : key.equals("scheduler") ? "policy" : "restart";
            table.row(
                    key,
                    one.getValue().asText(),
                    change,
                    others(board, key, one.getValue().asText()));
        });
        table.row("queue-enabled", capacity.path("queue_enabled").asText(), "config set", null);
        return table;
    }

    static JsonNode own(JsonNode board) {
        for (JsonNode node : board.path("nodes")) {
            if (node.path("self").asBoolean()) {
                return node;
            }
        }
        return board.path("nodes").path(0);
    }

    /** Who has another value; null = nobody. */
    private static @org.jspecify.annotations.Nullable String others(JsonNode board, String key, String value) {
        StringBuilder others = new StringBuilder();
        for (JsonNode node : board.path("nodes")) {
            JsonNode other = node.path("report").path("config").path(key);
            if (!other.isMissingNode() && !other.asText().equals(value)) {
                others.append(others.isEmpty() ? "" : ", ")
                        .append(node.path("id").asText())
                        .append(": ")
                        .append(other.asText());
            }
        }
        return others.isEmpty() ? null : others.toString();
    }
}
