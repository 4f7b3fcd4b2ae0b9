package io.p2pfaas.node.app.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.time.Duration;
import java.util.ArrayList;
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
                case TABLE -> lines(new JsonMapper().readTree(answer.text())).forEach(System.out::println);
                case JSON -> System.out.println(Table.harmlessJson(answer.text()));
                case CSV -> table(new JsonMapper().readTree(answer.text())).print(form, System.out);
            }
            return Asking.OK;
        });
    }

    private static Table table(JsonNode status) {
        Table table = new Table("node", "state", "running", "slots", "queued", "queue_max", "sample_age_ms");
        load(table, status, status.path("id").asText(), "online");
        status.path("peers").forEach(peer -> load(table, peer, peer.path("id").asText(), state(peer)));
        return table;
    }

    private static void load(Table table, JsonNode node, String name, String state) {
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

    /** For people. */
    static List<String> lines(JsonNode status) {
        List<String> lines = new ArrayList<>();
        lines.add("node " + status.path("id").asText() + " "
                + status.path("version").asText() + " at "
                + status.path("http").asText() + ", "
                + (status.path("ready").asBoolean() ? "ready" : "not ready") + ", "
                + status.path("scheduler").asText());
        String wanted = status.path("schedulerWanted").asText();
        if (!wanted.isEmpty() && !wanted.equals(status.path("scheduler").asText())) {
            lines.add("wanted is " + wanted + ", which this broker cannot do at the moment");
        }
        lines.add("broker " + status.path("broker").asText()
                + (status.path("linkUp").asBoolean()
                        ? " up"
                        : " DOWN " + status.path("linkFailure").asText("")));
        if (status.path("shadow").isObject()) {
            lines.add(shadow(status.path("shadow")));
        }
        StringBuilder functions = new StringBuilder("functions");
        status.path("functions").forEach(name -> functions.append(' ').append(name.asText()));
        lines.add(functions.toString());
        StringBuilder calls = new StringBuilder("calls");
        status.path("calls")
                .properties()
                .forEach(count -> calls.append("  ")
                        .append(count.getKey())
                        .append(' ')
                        .append(count.getValue().asLong()));
        lines.add(calls.toString());
        lines.add("");
        Table nodes = new Table("node", "state", "running", "queued", "sample_age");
        row(nodes, status, status.path("id").asText() + " (this)", "online");
        status.path("peers").forEach(peer -> row(nodes, peer, peer.path("id").asText(), state(peer)));
        lines.addAll(nodes.lines());
        return lines.stream().map(Table::harmless).toList();
    }

    private static String shadow(JsonNode shadow) {
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
        return line + " (real/shadow), same peer " + shadow.path("samePeer").asLong();
    }

    private static void row(Table nodes, JsonNode node, String name, String state) {
        boolean known = node.has("running");
        nodes.row(
                name,
                state,
                known ? node.path("running").asLong() + "/" + node.path("slots").asLong() : null,
                known
                        ? node.path("queued").asLong() + "/"
                                + node.path("queueMax").asLong()
                        : null,
                node.has("sampleAgeMillis") ? node.path("sampleAgeMillis").asLong() + " ms" : null);
    }
}
