package io.p2pfaas.node.app.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** {@code scale NAME N}: how many replicas of a function a node keeps. */
final class ScaleCommand {
    private static final int MOST = 1_000_000;

    private ScaleCommand() {}

    static CommandSpec spec() {
        CommandSpec spec = Options.command(
                ScaleCommand::run,
                "Sets how many replicas of a container function the node keeps; 0 = the next call starts one.");
        Target.addTo(spec);
        spec.addPositional(Options.name("NAME", "The function."));
        spec.addPositional(PositionalParamSpec.builder()
                .paramLabel("REPLICAS")
                .index("1")
                .type(String.class)
                .arity("1")
                .required(true)
                .description("Their number, from 0.")
                .build());
        return spec;
    }

    private static int run(CommandLine.ParseResult parsed) {
        return Asking.node(parsed, node -> {
            String name = Options.function(parsed.matchedPositionalValue(0, ""));
            int replicas = Options.number("REPLICAS", parsed.matchedPositionalValue(1, ""), 0, MOST);
            node.send(
                    "POST",
                    "/system/scale-function/" + name,
                    JsonNodeFactory.instance
                            .objectNode()
                            .put("serviceName", name)
                            .put("replicas", replicas));
            System.out.println(name + " has " + replicas + (replicas == 1 ? " replica" : " replicas") + " from now on");
            return Asking.OK;
        });
    }
}
