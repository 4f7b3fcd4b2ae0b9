package io.p2pfaas.node.app;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** {@code status}: what a running node says of itself and its peers. */
final class StatusCommand {
    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    private static final int OK = 200;

    private StatusCommand() {}

    static CommandSpec spec() {
        CommandSpec spec = CommandSpec.wrapWithoutInspection((Main.Command) StatusCommand::run);
        spec.usageMessage().description("Shows a running node's load, calls and peers.");
        spec.mixinStandardHelpOptions(true);
        Target.addTo(spec);
        spec.addOption(OptionSpec.builder("-o", "--output")
                .paramLabel("text|json")
                .type(String.class)
                .defaultValue("text")
                .description("Form of the output. Default: text")
                .build());
        return spec;
    }

    private static int run(CommandLine.ParseResult parsed) {
        String form = parsed.matchedOptionValue("--output", "text");
        if (!form.equals("text") && !form.equals("json")) {
            System.err.println("--output is '" + form + "', allowed is text or json");
            return CommandLine.ExitCode.USAGE;
        }
        try {
            NodeClient.Answer answer = Target.client(parsed, TIMEOUT).send("GET", "/status", List.of(), null);
            String body = StandardCharsets.UTF_8.decode(answer.body()).toString();
            if (answer.status() != OK) {
                System.err.println(Target.url(parsed) + " answered " + answer.status() + ": " + body);
                return CommandLine.ExitCode.SOFTWARE;
            }
            if (form.equals("json")) {
                System.out.print(body);
            } else {
                print(new JsonMapper().readTree(body), System.out);
            }
            return CommandLine.ExitCode.OK;
        } catch (IllegalArgumentException wrong) {
            System.err.println(wrong.getMessage());
            return CommandLine.ExitCode.USAGE;
        } catch (IOException failed) {
            System.err.println(Target.url(parsed) + ": " + failed.getMessage());
            return CommandLine.ExitCode.SOFTWARE;
        }
    }

    private static void print(JsonNode status, PrintStream out) {
        out.printf(
                "node %s %s at %s, %s, %s%n",
                status.path("id").asText(),
                status.path("version").asText(),
                status.path("http").asText(),
                status.path("ready").asBoolean() ? "ready" : "not ready",
                status.path("scheduler").asText());
        String wanted = status.path("schedulerWanted").asText();
        if (!wanted.isEmpty() && !wanted.equals(status.path("scheduler").asText())) {
            out.println("wanted is " + wanted + ", which this broker cannot do at the moment");
        }
        out.printf(
                "broker %s %s%n",
                status.path("broker").asText(), status.path("linkUp").asBoolean() ? "up" : "DOWN");
        shadow(status.path("shadow"), out);
        StringBuilder functions = new StringBuilder("functions");
        status.path("functions").forEach(name -> functions.append(' ').append(name.asText()));
        out.println(functions);
        StringBuilder calls = new StringBuilder("calls");
        status.path("calls")
                .properties()
                .forEach(count -> calls.append("  ")
                        .append(count.getKey())
                        .append(' ')
                        .append(count.getValue().asLong()));
        out.println(calls);
        out.printf("%n%-24s %-10s %9s %9s %12s%n", "NODE", "STATE", "RUNNING", "QUEUED", "SAMPLE AGE");
        row(out, status, status.path("id").asText() + " (this)", "online");
        status.path("peers").forEach(peer -> {
            String state = peer.path("suspect").asBoolean()
                    ? "suspect"
                    : peer.path("state").asText();
            row(out, peer, peer.path("id").asText(), state);
        });
    }

    private static void shadow(JsonNode shadow, PrintStream out) {
        if (!shadow.isObject()) {
            return;
        }
        StringBuilder line = new StringBuilder("shadow ")
                .append(shadow.path("scheduler").asText())
                .append(", asked ")
                .append(shadow.path("asked").asLong());
        shadow.path("decisions")
                .forEach(pair -> line.append(", ")
                        .append(pair.path("real").asText())
                        .append('/')
                        .append(pair.path("shadow").asText())
                        .append(' ')
                        .append(pair.path("count").asLong()));
        out.println(
                line + " (real/shadow), same peer " + shadow.path("samePeer").asLong());
    }

    private static void row(PrintStream out, JsonNode node, String name, String state) {
        boolean known = node.has("running");
        out.printf(
                "%-24s %-10s %9s %9s %12s%n",
                name,
                state,
                known ? node.path("running").asInt() + "/" + node.path("slots").asInt() : "?",
                known
                        ? node.path("queued").asInt() + "/"
                                + node.path("queueMax").asInt()
                        : "?",
                node.has("sampleAgeMillis") ? node.path("sampleAgeMillis").asLong() + " ms" : "");
    }
}
