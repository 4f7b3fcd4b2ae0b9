package io.p2pfaas.node.app.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** {@code deploy NAME IMAGE}: puts a function on a node, or replaces it as a whole. */
final class DeployCommand {
    private static final String ENV = "--env";
    private static final String LABEL = "--label";
    private static final String ANNOTATION = "--annotation";
    private static final String SECRET = "--secret";
    private static final String MEMORY = "--limit-memory";
    private static final String CPU = "--limit-cpu";
    private static final String WRITABLE = "--writable-root";
    private static final String WAIT = "--wait";
    private static final int MOST_SECONDS = 3600;
    private static final int USUAL_SECONDS = 30;
    private static final long POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(300);

    private DeployCommand() {}

    static CommandSpec spec() {
        CommandSpec spec = Options.command(
                DeployCommand::run,
                "Deploys a function to a node, or replaces the one of this name as a whole. Ends with 1 if it is accepted"
                        + " but cannot be called within --wait.");
        Target.addTo(spec);
        spec.addOption(Options.texts("KEY=VALUE", "Environment variable of the function.", "-e", ENV));
        spec.addOption(Options.texts("KEY=VALUE", "Label, for example com.openfaas.scale.max=4.", "-l", LABEL));
        spec.addOption(Options.texts(
                "KEY=VALUE", "Annotation, for example io.p2pfaas.idempotent=true.", "--annotation", "-a"));
        spec.addOption(Options.texts("NAME", "Secret that it may read.", SECRET));
        spec.addOption(Options.text("SIZE", "Memory, for example 128Mi. Default: the node's docker.memory", MEMORY));
        spec.addOption(Options.text("CPUS", "Processors, for example 500m. Default: the node's docker.cpus", CPU));
        spec.addOption(Options.flag("It may write to its file system.", WRITABLE));
        spec.addOption(Options.text(
                "SECONDS", "How long to wait until it can be called; 0 = not at all. Default: " + USUAL_SECONDS, WAIT));
        spec.addPositional(Options.name("NAME", "How it is called."));
        spec.addPositional(PositionalParamSpec.builder()
                .paramLabel("IMAGE|builtin:NAME")
                .index("1")
                .type(String.class)
                .arity("1")
                .required(true)
                .description("Container image, or a function that is part of the node, for example builtin:echo.")
                .build());
        return spec;
    }

    private static int run(CommandLine.ParseResult parsed) {
        return Asking.node(parsed, node -> {
            String name = Options.function(parsed.matchedPositionalValue(0, ""));
            int seconds = Options.number(
                    WAIT, parsed.matchedOptionValue(WAIT, Integer.toString(USUAL_SECONDS)), 0, MOST_SECONDS);
            node.send("POST", "/system/functions", definition(parsed, name));
            if (seconds == 0) {
                System.out.println(name + " is accepted");
                return Asking.OK;
            }
            if (isAvailable(node, name, seconds)) {
                System.out.println(name + " can be called: " + Target.url(parsed) + "/function/" + name);
                return Asking.OK;
            }
            System.err.println(name + " is accepted, but cannot be called after " + seconds
                    + " s: the node's log says why, and a call of it too");
            return Asking.REFUSED;
        });
    }

    private static boolean isAvailable(NodeApi node, String name, int seconds) throws IOException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
        while (true) {
            JsonNode state = node.read("/system/function/" + name);
            if (state.path("availableReplicas").asInt() > 0) {
                return true;
            }
            if (System.nanoTime() - end > 0) {
                return false;
            }
            Asking.pause(POLL_NANOS);
        }
    }

    static ObjectNode definition(CommandLine.ParseResult parsed, String name) {
        ObjectNode definition = JsonNodeFactory.instance.objectNode();
        definition.put("service", name).put("image", parsed.matchedPositionalValue(1, ""));
        put(definition, "envVars", Options.pairs(parsed, ENV));
        put(definition, "labels", Options.pairs(parsed, LABEL));
        put(definition, "annotations", Options.pairs(parsed, ANNOTATION));
        if (parsed.hasMatchedOption(SECRET)) {
            Options.all(parsed, SECRET).forEach(definition.putArray("secrets")::add);
        }
        String memory = parsed.matchedOptionValue(MEMORY, "");
        String cpu = parsed.matchedOptionValue(CPU, "");
        if (!memory.isEmpty() || !cpu.isEmpty()) {
            ObjectNode limits = definition.putObject("limits");
            if (!memory.isEmpty()) {
                limits.put("memory", memory);
            }
            if (!cpu.isEmpty()) {
                limits.put("cpu", cpu);
            }
        }
        if (parsed.hasMatchedOption(WRITABLE)) {
            definition.put("readOnlyRootFilesystem", false);
        }
        return definition;
    }

    private static void put(ObjectNode definition, String field, Map<String, String> pairs) {
        if (!pairs.isEmpty()) {
            ObjectNode object = definition.putObject(field);
            pairs.forEach(object::put);
        }
    }
}
