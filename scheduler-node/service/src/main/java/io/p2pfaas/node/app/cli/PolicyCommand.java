package io.p2pfaas.node.app.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** {@code policy [NAME PARAMETERS...]}: which algorithm decides, and which one is only asked beside it. */
final class PolicyCommand {
    private static final String SCHEDULER = "/configuration/scheduler";
    private static final String SHADOW = "/configuration/scheduler/shadow";
    private static final String NONE = "none";

    private PolicyCommand() {}

    static CommandSpec spec() {
        CommandSpec spec = Options.command(
                PolicyCommand::run,
                "Shows or changes the scheduling algorithm of this node. A change is in force at once, and kept if the"
                        + " node has a data folder.",
                "  policy                                       what decides, and the shadow",
                "  policy PowerOfNScheduler 1 2 true 1          changes it",
                "  policy --shadow LeastLoadedSpill             asks this one beside it, and counts what it would do",
                "  policy --shadow none                         no more");
        Target.addTo(spec);
        Form.addTo(spec);
        spec.addOption(Options.flag("The shadow, not the algorithm that decides.", "--shadow"));
        spec.addOption(Options.flag("As P2PFaaS does it, for those algorithms that it has.", "--faithful"));
        spec.addPositional(PositionalParamSpec.builder()
                .paramLabel("NAME PARAMETER")
                .index("0..*")
                .type(List.class)
                .auxiliaryTypes(String.class)
                .arity("0..*")
                .description("The algorithm (docs/policies.md) and its parameters.")
                .build());
        return spec;
    }

    private static int run(CommandLine.ParseResult parsed) {
        return Asking.node(parsed, node -> {
            Form form = Form.of(parsed);
            List<String> said = parsed.matchedPositionalValue(0, List.<String>of());
            boolean shadow = parsed.hasMatchedOption("--shadow");
            if (!said.isEmpty()) {
                node.send("POST", shadow ? SHADOW : SCHEDULER, document(said, parsed.hasMatchedOption("--faithful")));
            } else if (parsed.hasMatchedOption("--faithful")) {
                throw new IllegalArgumentException("--faithful is without NAME, allowed is policy --faithful NAME");
            }
            table(node).print(form, System.out);
            return Asking.OK;
        });
    }

    /** Parameters may be in brackets behind the name too, as the node writes them. */
    static ObjectNode document(List<String> said, boolean faithful) {
        List<String> words = new ArrayList<>();
        for (String word : said) {
            for (String part : word.split("[(),]", -1)) {
                if (!part.isBlank()) {
                    words.add(part.strip());
                }
            }
        }
        if (words.isEmpty()) {
            throw new IllegalArgumentException(
                    "NAME is '" + String.join(" ", said) + "', allowed is the name of an algorithm");
        }
        String name = words.get(0).equals(NONE) ? "" : words.get(0);
        ObjectNode document = JsonNodeFactory.instance.objectNode().put("name", name);
        ArrayNode parameters = document.putArray("parameters");
        words.stream().skip(1).forEach(parameters::add);
        if (faithful) {
            document.put("faithful", true);
        }
        return document;
    }

    private static Table table(NodeApi node) throws IOException {
        JsonNode status = node.read("/status");
        String inForce = status.path("scheduler").asText();
        String wanted = status.path("schedulerWanted").asText();
        Table table = new Table("what", "algorithm", "remark");
        table.row("decides", inForce, inForce.equals(wanted) ? null : "in place of the one that is wanted");
        if (!inForce.equals(wanted)) {
            table.row("wanted", wanted, "not possible with this broker at the moment; doctor says why");
        }
        JsonNode shadow = status.path("shadow");
        if (shadow.isObject()) {
            table.row(
                    "shadow",
                    shadow.path("scheduler").asText(),
                    "asked " + shadow.path("asked").asLong() + " times");
        }
        return table;
    }
}
