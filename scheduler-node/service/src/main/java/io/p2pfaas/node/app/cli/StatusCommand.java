package io.p2pfaas.node.app.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/** {@code status}: what a running node says of itself and its peers. */
final class StatusCommand {
    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    private static final int OK = 200;

    private StatusCommand() {}

    static CommandSpec spec() {
        CommandSpec spec = Options.command(StatusCommand::run, "Shows a running node's load, calls and peers.");
        Target.addTo(spec);
        Form.addTo(spec);
        return spec;
    }

    private static int run(CommandLine.ParseResult parsed) {
        return Asking.run(parsed, () -> {
            Form form = Form.of(parsed);
            NodeClient.Answer answer = Target.client(parsed, TIMEOUT).send("GET", "/status", List.of(), null);
            if (answer.status() != OK) {
                throw new NodeRefused(
                        answer.status(), "the node answers " + NodeApi.refusal(answer.status(), answer.text()));
            }
            switch (form) {
                case TABLE -> {
                    StringWriter text = new StringWriter();
                    print(new JsonMapper().readTree(answer.text()), new PrintWriter(text));
                    text.toString().lines().map(Table::harmless).forEach(System.out::println);
                }
                case JSON -> System.out.println(Table.harmlessJson(answer.text()));
                case CSV -> table(new JsonMapper().readTree(answer.text())).print(form, System.out);
            }
            return Asking.OK;
        });
    }

    private static Table table(JsonNode status) {
        Table table = new Table("node", "state", "running", "slots", "queued", "queue_max", "sample_age_ms");
        row(table, status, status.path("id").asText(), "online");
        status.path("peers").forEach(peer -> row(table, peer, peer.path("id").asText(), state(peer)));
        return table;
    }

    private static void row(Table table, JsonNode node, String name, String state) {
        boolean known = node.has("running");
        table.row(
                name,
                state,
                known ? node.path("running").asLong() : null,
                known ? node.path("slots").asLong() : null,
                known ? node.path("queued").asLong() : null,
                known ? node.path("queueMax").asLong() : null,
                node.has("sampleAgeMillis") ? node.path("sampleAgeMillis").asLong() : null);
    }

    private static String state(JsonNode peer) {
        return peer.path("suspect").asBoolean() ? "suspect" : peer.path("state").asText();
    }

    private static void print(JsonNode status, PrintWriter out) {
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
                status.path("broker").asText(),
                status.path("linkUp").asBoolean()
                        ? "up"
                        : "DOWN " + status.path("linkFailure").asText(""));
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
            row(out, peer, peer.path("id").asText(), state(peer));
        });
    }

    private static void shadow(JsonNode shadow, PrintWriter out) {
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

    private static void row(PrintWriter out, JsonNode node, String name, String state) {
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
