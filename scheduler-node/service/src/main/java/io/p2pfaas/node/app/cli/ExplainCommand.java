package io.p2pfaas.node.app.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/** {@code explain NAME}: calls a function and says how it was decided where it ran, and where its time went. */
final class ExplainCommand {
    private static final String ASK = "X-P2pfaas-Explain: 1";
    private static final String DECISION = "X-P2pfaas-Decision";
    private static final int FIRST_FAILURE = 400;

    private ExplainCommand() {}

    static CommandSpec spec() {
        CommandSpec spec = Options.command(
                ExplainCommand::run,
                "Calls a function, and shows how the node decided about the call, what it knew of each candidate and how old"
                        + " that was, and where the time went. The function runs, as with invoke. Ends with 1 if the"
                        + " answer's status is 400 or more.");
        Target.addTo(spec);
        CallOptions.addTo(spec);
        Form.addTo(spec);
        MqttOptions.addTo(spec);
        return spec;
    }

    private static int run(CommandLine.ParseResult parsed) {
        return Asking.run(parsed, () -> {
            Form form = Form.of(parsed);
            CallOptions said = CallOptions.of(parsed);
            List<String> headers = new ArrayList<>(said.headers());
            headers.add(ASK);
            NodeClient.Answer answer =
                    Calls.call(parsed, new CallOptions(said.method(), said.target(), headers, said.body()));
            print(said.function(), answer, form);
            return answer.status() < FIRST_FAILURE ? Asking.OK : Asking.REFUSED;
        });
    }

    private static void print(String function, NodeClient.Answer answer, Form form) {
        JsonNode decision = decision(answer.header(DECISION));
        TimeParts time = TimeParts.of(answer).decided(decision);
        switch (form) {
            case TABLE ->
                text(function, answer, decision, time).forEach(line -> System.out.println(Table.harmless(line)));
            case JSON -> {
                ObjectNode all = new JsonMapper().createObjectNode();
                all.put("function", function).put("status", answer.status());
                all.set("decision", decision);
                time.describe(all.putObject("time"));
                System.out.println(Table.harmlessJson(all.toString()));
            }
            case CSV -> candidates(decision).print(form, System.out);
        }
    }

    /** Missing if the node sent none, as older ones do. */
    static JsonNode decision(String field) {
        try {
            return field.isEmpty() ? MissingNode.getInstance() : new JsonMapper().readTree(field);
        } catch (JsonProcessingException ignored) {
            // A node that does not keep to the format says as little as one that says nothing.
            return MissingNode.getInstance();
        }
    }

    static List<String> text(String function, NodeClient.Answer answer, JsonNode decision, TimeParts time) {
        List<String> lines = new ArrayList<>();
        String path = answer.header("X-P2pfaas-Peers-List-Id");
        lines.add(function + ": " + answer.status()
                + (path.isEmpty()
                        ? ", ran on the node that was asked"
                        : ", path " + path.replaceAll("[\\[\\]\"\\s]", "").replace(",", " -> ")));
        if (answer.status() >= FIRST_FAILURE) {
            lines.add(NodeApi.refusal(answer.status(), answer.text())
                    .lines()
                    .findFirst()
                    .orElse(""));
        }
        lines.add("");
        if (decision.isMissingNode()) {
            lines.add(
                    "The node does not say how it decided: it is of an older version, or the call did not come so far.");
        }
        int number = 0;
        for (JsonNode step : decision.path("decisions")) {
            number++;
            lines.add("decision " + number + " after "
                    + millis(step.path("atMicros").asLong()) + ", "
                    + step.path("policy").asText() + ": " + step.path("choice").asText());
            JsonNode own = step.path("own");
            if (own.isObject()) {
                lines.add("  this node: " + load(own));
            }
            if (!step.path("candidates").isEmpty()) {
                Table table = new Table("candidate", "running", "queued", "sample_age", "counts", "looked_at");
                step.path("candidates").forEach(one -> row(table, one));
                table.lines().forEach(line -> lines.add("  " + line));
            }
        }
        for (JsonNode attempt : decision.path("attempts")) {
            lines.add("sent to " + attempt.path("to").asText() + ": "
                    + attempt.path("result").asText()
                    + (attempt.has("micros")
                            ? " after " + millis(attempt.path("micros").asLong())
                            : ""));
        }
        if (decision.path("truncated").asBoolean()) {
            lines.add("(there was more; the answer's header field has room for so much)");
        }
        lines.add("");
        lines.addAll(time.lines());
        return lines;
    }

    private static void row(Table table, JsonNode one) {
        boolean known = one.has("running");
        table.row(
                one.path("node").asText(),
                known ? one.path("running").asLong() + "/" + one.path("slots").asLong() : "?",
                known ? queued(one) : "?",
                known ? one.path("ageMillis").asLong() + " ms" : "never",
                one.path("fresh").asBoolean(true) ? "yes" : "no, too old",
                one.path("lookedAt").asBoolean(true) ? "yes" : "no");
    }

    private static String load(JsonNode own) {
        return own.path("running").asLong() + "/" + own.path("slots").asLong() + " running, " + queued(own) + " queued";
    }

    private static String queued(JsonNode load) {
        return load.path("queued").asLong()
                + (load.has("queueMax") ? "/" + load.path("queueMax").asLong() : "");
    }

    private static Table candidates(JsonNode decision) {
        Table table = new Table(
                "decision", "choice", "candidate", "running", "slots", "queued", "age_ms", "fresh", "looked_at");
        int number = 0;
        for (JsonNode step : decision.path("decisions")) {
            number++;
            for (JsonNode one : step.path("candidates")) {
                boolean known = one.has("running");
                table.row(
                        number,
                        step.path("choice").asText(),
                        one.path("node").asText(),
                        known ? one.path("running").asLong() : null,
                        known ? one.path("slots").asLong() : null,
                        known ? one.path("queued").asLong() : null,
                        known ? one.path("ageMillis").asLong() : null,
                        one.path("fresh").asBoolean(true),
                        one.path("lookedAt").asBoolean(true));
            }
        }
        return table;
    }

    private static String millis(long micros) {
        return String.format(Locale.ROOT, "%.2f ms", micros / 1000.0);
    }
}
