package io.p2pfaas.node.app.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/** {@code remove NAME}: takes a function from a node. */
final class RemoveCommand {
    private RemoveCommand() {}

    static CommandSpec spec() {
        CommandSpec spec =
                Options.command(RemoveCommand::run, "Removes a function from the node; calls that run may end.");
        Target.addTo(spec);
        spec.addPositional(Options.name("NAME", "The function."));
        return spec;
    }

    private static int run(CommandLine.ParseResult parsed) {
        return Asking.node(parsed, node -> {
            String name = Options.function(parsed.matchedPositionalValue(0, ""));
            node.send(
                    "DELETE",
                    "/system/functions",
                    JsonNodeFactory.instance.objectNode().put("functionName", name));
            System.out.println(name + " is removed");
            return Asking.OK;
        });
    }
}
