package io.p2pfaas.node.app.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * Where the time of a call went, in milliseconds, from the timings in its answer. They add up to the total.
 *
 * @param decision until it was placed, at each node
 * @param queue waiting for a slot
 * @param forward between nodes, both ways
 * @param run in the function
 */
record TimeParts(double total, double decision, double queue, double forward, double run) {
    private static final String TIMING = "X-P2pfaas-Timing-";
    private static final double MILLIS = 1000;
    private static final int BAR = 40;

    static TimeParts of(NodeClient.Answer answer) {
        double total = seconds(answer.header(TIMING + "Total-Time-Seconds"));
        double run = seconds(answer.header(TIMING + "Execution-Time-Seconds"));
        double[] totals = list(answer.header(TIMING + "Total-Seconds-List"));
        double decision = Arrays.stream(list(answer.header(TIMING + "Scheduling-Seconds-List")))
                .sum();
        double[] scheduling = list(answer.header(TIMING + "Scheduling-Seconds-List"));
        if (totals.length < 2) {
            return new TimeParts(total, decision, Math.max(0, total - decision - run), 0, run);
        }
        double there = totals[totals.length - 1];
        double decidedThere = scheduling.length == totals.length ? scheduling[scheduling.length - 1] : 0;
        return new TimeParts(
                total,
                decision,
                Math.max(0, there - decidedThere - run),
                Math.max(0, total - (decision - decidedThere) - there),
                run);
    }

    /** The same if the node says how it decided: what passed before that was neither waiting for a slot nor on the way. */
    TimeParts decided(JsonNode trail) {
        double until = decision;
        for (JsonNode step : trail.path("decisions")) {
            until = Math.max(until, step.path("atMicros").asLong() / MILLIS);
            if (!step.path("choice").asText().matches("(probe|wait) .*")) {
                break;
            }
        }
        double fromForward = forward > 0 ? Math.min(until - decision, forward) : 0;
        double fromQueue = forward > 0 ? 0 : Math.min(until - decision, queue);
        return new TimeParts(total, decision + fromForward + fromQueue, queue - fromQueue, forward - fromForward, run);
    }

    private static double seconds(String text) {
        try {
            return text.isEmpty() ? 0 : Double.parseDouble(text.strip()) * MILLIS;
        } catch (NumberFormatException ignored) {
            // A field that is no number tells nothing.
            return 0;
        }
    }

    private static double[] list(String text) {
        return Arrays.stream(text.replaceAll("[\\[\\]\\s]", "").split(",", -1))
                .filter(part -> !part.isEmpty())
                .mapToDouble(TimeParts::seconds)
                .toArray();
    }

    void describe(ObjectNode json) {
        json.put("totalMillis", total)
                .put("decisionMillis", decision)
                .put("queueMillis", queue)
                .put("forwardMillis", forward)
                .put("runMillis", run);
    }

    /** For people. */
    List<String> lines() {
        return List.of(
                line("decision", decision),
                line("queue", queue),
                line("forward", forward),
                line("run", run),
                String.format(Locale.ROOT, "%-9s%10.2f ms", "total", total));
    }

    private String line(String name, double millis) {
        int length = total <= 0 ? 0 : (int) Math.round(BAR * Math.min(1, millis / total));
        return String.format(Locale.ROOT, "%-9s%10.2f ms  %s", name, millis, "#".repeat(length))
                .stripTrailing();
    }
}
