package io.p2pfaas.node.watch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.p2pfaas.core.model.FunctionName;
import io.p2pfaas.core.model.NodeId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/**
 * What the parts of a report are. Pages and commands rely on it, so one node that reports a text in place of a list must
 * not end the view of all: such parts are left out. Fields that are not known here are passed on as they are.
 */
final class ReportForm {
    /** More than any counter or time; a browser's dates and exact numbers end above it. */
    private static final double MOST = 1e15;

    private static final int MAX_TEXT = 1000;
    private static final int MAX_SETTINGS = 100;
    private static final double LEAST_STEP_MILLIS = 1000;
    private static final double MOST_STEP_MILLIS = 60_000;

    private static final Kind NUMBER = one(value -> value.isNull() || isBetween(value, 0, MOST));
    private static final Kind STEP = one(value -> isBetween(value, LEAST_STEP_MILLIS, MOST_STEP_MILLIS));
    private static final Kind FLAG = one(JsonNode::isBoolean);
    private static final Kind TEXT = one(
            value -> value.isNull() || (value.isTextual() && value.textValue().length() <= MAX_TEXT));
    private static final Kind NODE = one(value -> value.isTextual() && NodeId.isValid(value.textValue()));
    private static final Kind FUNCTION = one(value -> value.isTextual() && FunctionName.isValid(value.textValue()));
    private static final Kind POINTS = list(Recent.POINTS, NUMBER);

    private static final Kind REPORT = object(
            Set.of(),
            Map.ofEntries(
                    Map.entry("uptimeSeconds", NUMBER),
                    Map.entry("ready", FLAG),
                    Map.entry("scheduler", TEXT),
                    Map.entry("calls", numbers()),
                    Map.entry("rates", numbers()),
                    Map.entry("latencyMillis", numbers()),
                    Map.entry(
                            "reasons",
                            list(object(
                                    Set.of("reason"), Map.of("reason", TEXT, "total", NUMBER, "lastMinute", NUMBER)))),
                    Map.entry("forwards", list(forward())),
                    Map.entry("functions", list(function())),
                    Map.entry("slow", list(SlowCalls.CAPACITY, slow())),
                    Map.entry("peers", list(peer())),
                    Map.entry("config", ReportForm::areSettings),
                    Map.entry(
                            "events",
                            list(
                                    EventLog.CAPACITY,
                                    object(Set.of(), Map.of("agoMillis", NUMBER, "kind", TEXT, "text", TEXT)))),
                    Map.entry(Reports.HISTORY, history())));

    private ReportForm() {}

    /** Takes out of a value what is not of its kind; false if nothing of use is left. */
    @FunctionalInterface
    private interface Kind {
        boolean keeps(JsonNode value);
    }

    /** Leaves out what is not of its kind. */
    static void tidy(ObjectNode report) {
        boolean ignored = REPORT.keeps(report);
    }

    private static Kind one(Predicate<JsonNode> fits) {
        return fits::test;
    }

    private static Kind object(Set<String> needed, Map<String, Kind> fields) {
        return value -> {
            if (!(value instanceof ObjectNode object)) {
                return false;
            }
            fields.forEach((name, kind) -> {
                JsonNode field = object.get(name);
                if (field != null && !kind.keeps(field)) {
                    object.remove(name);
                }
            });
            return needed.stream().allMatch(object::hasNonNull);
        };
    }

    private static Kind list(Kind kind) {
        return list(Integer.MAX_VALUE, kind);
    }

    private static Kind list(int most, Kind kind) {
        return value -> {
            if (!(value instanceof ArrayNode list)) {
                return false;
            }
            List<JsonNode> kept = new ArrayList<>();
            for (JsonNode element : list) {
                if (kept.size() < most && kind.keeps(element)) {
                    kept.add(element);
                }
            }
            list.removeAll();
            list.addAll(kept);
            return true;
        };
    }

    /** An object of numbers only, whatever their names. */
    private static Kind numbers() {
        return value -> {
            if (!(value instanceof ObjectNode object)) {
                return false;
            }
            object.properties().removeIf(field -> !NUMBER.keeps(field.getValue()));
            return true;
        };
    }

    private static boolean areSettings(JsonNode value) {
        if (!(value instanceof ObjectNode object) || object.size() > MAX_SETTINGS) {
            return false;
        }
        object.properties().removeIf(field -> field.getKey().length() > MAX_TEXT || !TEXT.keeps(field.getValue()));
        return true;
    }

    private static Kind forward() {
        return object(
                Set.of("peer"),
                Map.of(
                        "peer",
                        NODE,
                        "sent",
                        NUMBER,
                        "done",
                        NUMBER,
                        "refused",
                        NUMBER,
                        "lost",
                        NUMBER,
                        "lastMinute",
                        NUMBER));
    }

    private static Kind function() {
        return object(
                Set.of("name"),
                Map.of(
                        "name", FUNCTION,
                        "kind", TEXT,
                        "usable", FLAG,
                        "calls", NUMBER,
                        "errors", NUMBER,
                        "rate", NUMBER,
                        "p50Millis", NUMBER,
                        "p99Millis", NUMBER,
                        "coldStarts", NUMBER,
                        "replicas", NUMBER));
    }

    private static Kind slow() {
        return object(
                Set.of("id", "totalMillis"),
                Map.of(
                        "id", TEXT,
                        "function", FUNCTION,
                        "agoMillis", NUMBER,
                        "totalMillis", NUMBER,
                        "state", TEXT,
                        "reason", TEXT,
                        "path", list(NODE),
                        "parts", numbers()));
    }

    private static Kind peer() {
        return object(Set.of("id"), Map.of("id", NODE, "state", TEXT, "suspect", FLAG, "sampleAgeMillis", NUMBER));
    }

    private static Kind history() {
        return object(
                Set.of("stepMillis"),
                Map.of(
                        "stepMillis", STEP,
                        "offered", POINTS,
                        "done", POINTS,
                        "notDone", POINTS,
                        "p50", POINTS,
                        "p99", POINTS,
                        "queued", POINTS,
                        "running", POINTS));
    }

    private static boolean isBetween(JsonNode value, double least, double most) {
        return value.isNumber() && value.asDouble() >= least && value.asDouble() <= most;
    }
}
