package io.p2pfaas.node.app.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** In what nodes differ, and who is not heard, from a node's board. */
final class ClusterChecks {
    /** Machines may differ in size, and so in these. */
    private static final Set<String> OF_MACHINES = Set.of("slots", "queue", "version");

    /** Shown for a while after they are gone. */
    private static final Set<String> GONE = Set.of("lost", "left");

    private final JsonNode board;
    private final List<JsonNode> nodes = new ArrayList<>();
    private final String self;
    private final List<Finding> findings = new ArrayList<>();

    private ClusterChecks(JsonNode board) {
        this.board = board;
        for (JsonNode node : board.path("nodes")) {
            if (!GONE.contains(node.path("state").asText())) {
                nodes.add(node);
            }
        }
        this.self = board.path("node").asText();
    }

    /** @param board of a node that has been looked at for some seconds, so that others had time to report */
    static List<Finding> of(JsonNode board) {
        ClusterChecks checks = new ClusterChecks(board);
        checks.silent();
        checks.versions();
        checks.configuration();
        return checks.findings;
    }

    private void silent() {
        boolean linkUp = board.path("link").path("up").asBoolean();
        if (!linkUp) {
            // Nobody is heard, which is said as what is wrong with the link.
            return;
        }
        if (nodes.size() == 1) {
            findings.add(Finding.note(
                    "alone",
                    self + " knows no other node",
                    "it shares calls with nobody",
                    "if there are others: the same broker.url, and the same broker.root (here "
                            + board.path("root").asText() + ") for all"));
        }
        for (JsonNode node : nodes) {
            String id = node.path("id").asText();
            if (node.path("state").asText().equals("silent")) {
                findings.add(Finding.problem(
                        "peer-silent",
                        id + " is there, says the broker, but is not heard: last "
                                + node.path("sample").path("ageMillis").asText("never") + " ms ago",
                        "it gets no calls from others",
                        "on its machine: does the process run and have time to (top)? scheduler-node.jar doctor -u http://"
                                + node.path("http").asText() + "; may it publish on node/" + id
                                + "/load at the broker?"));
            } else if (node.path("state").asText().equals("online")
                    && node.path("report").isMissingNode()) {
                findings.add(Finding.problem(
                        "no-report",
                        id + " does not report when somebody looks",
                        "pages, top and this command know less of it",
                        "the broker's rights are older than the node (make-acl --node " + id
                                + " ... writes node/" + id + "/report and watch/+), or the node is: version "
                                + node.path("version").asText()));
            }
        }
    }

    private void versions() {
        Map<String, List<String>> byVersion = new TreeMap<>();
        for (JsonNode node : nodes) {
            String version = node.path("version").asText();
            if (!version.isEmpty()) {
                byVersion
                        .computeIfAbsent(version, any -> new ArrayList<>())
                        .add(node.path("id").asText());
            }
        }
        if (byVersion.size() > 1) {
            findings.add(Finding.problem(
                    "version-skew",
                    "nodes have different versions: " + shown(byVersion),
                    "they work together, but what is new is not everywhere",
                    "bring the same scheduler-node.jar to all: drain, replace, start, one node after the other"));
        }
    }

    private void configuration() {
        Map<String, Map<String, List<String>>> byKey = new TreeMap<>();
        for (JsonNode node : nodes) {
            node.path("report").path("config").properties().forEach(one -> {
                if (!OF_MACHINES.contains(one.getKey())) {
                    byKey.computeIfAbsent(one.getKey(), any -> new TreeMap<>())
                            .computeIfAbsent(one.getValue().asText(), any -> new ArrayList<>())
                            .add(node.path("id").asText());
                }
            });
        }
        byKey.forEach((key, byValue) -> {
            if (byValue.size() > 1) {
                findings.add(Finding.problem(
                        "config-differs",
                        key + " is not the same everywhere: " + shown(byValue),
                        "a call is treated in another way depending on where it comes in",
                        key.equals("scheduler")
                                ? "scheduler-node.jar policy NAME PARAMETERS -u URL for each node, or once over MQTT to"
                                        + " config/scheduler"
                                : "set " + key + " to one value on all nodes and restart those that differ"));
            }
        });
    }

    private static String shown(Map<String, List<String>> byValue) {
        return byValue.entrySet().stream()
                .map(one -> one.getKey() + " (" + String.join(", ", one.getValue()) + ")")
                .collect(Collectors.joining(", "));
    }
}
