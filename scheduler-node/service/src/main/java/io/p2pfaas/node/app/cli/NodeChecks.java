package io.p2pfaas.node.app.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/** What a node lacks on its machine, from what it says at {@code /system/diagnosis}. */
final class NodeChecks {
    private static final long MIB = 1024 * 1024;
    private static final long FEW_FILES = 4096;
    private static final long SMALL_HEAP = 64 * MIB;
    private static final long BODIES_IN_HEAP = 4;
    private static final long LITTLE_SPACE = 64 * MIB;
    private static final double FULL = 0.8;
    private static final double LAST_SHARE = 0.01;

    private final JsonNode node;
    private final List<Finding> findings = new ArrayList<>();

    private NodeChecks(JsonNode diagnosis) {
        this.node = diagnosis;
    }

    /** @param diagnosis what the node says */
    static List<Finding> of(JsonNode diagnosis) {
        NodeChecks checks = new NodeChecks(diagnosis);
        checks.files(diagnosis.path("limits"));
        checks.heap(diagnosis.path("limits"));
        checks.disk(diagnosis.path("data"));
        checks.functions(diagnosis.path("functions"));
        checks.policy();
        return checks.findings;
    }

    private void files(JsonNode limits) {
        if (!limits.has("maxFiles")) {
            return;
        }
        long most = limits.path("maxFiles").asLong();
        long open = limits.path("openFiles").asLong();
        if (most < FEW_FILES || open > most * FULL) {
            findings.add(Finding.problem(
                    "open-files",
                    "the node may have " + most + " files and connections open, and has " + open,
                    "each caller and each call of a function over HTTP is one; beyond it, connections are not taken",
                    "ulimit -n 65536 before it is started, or LimitNOFILE=65536 in its systemd unit, then restart it"));
        }
    }

    private void heap(JsonNode limits) {
        long most = limits.path("heapMaxBytes").asLong(Long.MAX_VALUE);
        long bodies = node.path("maxBodyBytes").asLong() * BODIES_IN_HEAP;
        if (most < Math.max(SMALL_HEAP, bodies)) {
            findings.add(Finding.problem(
                    "heap",
                    "the node has " + most / MIB + " MiB of heap, and takes bodies of up to "
                            + node.path("maxBodyBytes").asLong() / MIB + " MiB",
                    "a few large calls at once are refused with 503, or end the node",
                    "start it with -Xmx" + Math.max(SMALL_HEAP, bodies) / MIB + "m or more, or lower http.max-body"));
        }
    }

    private void disk(JsonNode data) {
        String folder = data.path("folder").asText();
        if (data.isMissingNode()) {
            return;
        }
        if (data.has("problem") || !data.path("writable").asBoolean(true)) {
            findings.add(Finding.problem(
                    "data-folder",
                    "the data folder " + folder + " cannot be written to"
                            + (data.has("problem") ? ": " + data.path("problem").asText() : ""),
                    "changes of configuration and deployments are refused with 500, or forgotten at a restart",
                    "let the node's user own it: chown -R USER " + folder + ", or set data to another folder"));
            return;
        }
        long usable = data.path("usableBytes").asLong();
        long total = data.path("totalBytes").asLong();
        if ((usable < LITTLE_SPACE && usable < total * FULL) || usable < total * LAST_SHARE) {
            findings.add(Finding.problem(
                    "disk-full",
                    "the disk of the data folder " + folder + " has " + usable / MIB + " of " + total / MIB
                            + " MiB left",
                    "changes of configuration, deployments and secrets are refused when it is full",
                    "make room: df -h " + folder + "; docker image prune if the images are there too"));
        }
    }

    private void functions(JsonNode functions) {
        if (functions.isEmpty()) {
            findings.add(Finding.problem(
                    "no-function",
                    node.path("node").asText() + " has no function",
                    "calls at it run at peers, and it takes none of theirs",
                    "scheduler-node.jar deploy echo builtin:echo, or --function echo=builtin:echo at its start"));
        }
        for (JsonNode function : functions) {
            if (!function.path("usable").asBoolean(true)) {
                String name = function.path("name").asText();
                findings.add(Finding.problem(
                        "function-unusable",
                        "function " + name + " (" + function.path("image").asText() + ") cannot be called just now",
                        "its calls end with 502 here, and peers do not hand any over",
                        "look whether the container engine runs (docker info; setting docker.host) and the image is there;"
                                + " the node's log names the reason"));
            }
        }
    }

    private void policy() {
        long faults = node.path("policyFaults").asLong();
        if (faults > 0) {
            findings.add(Finding.problem(
                    "policy-faults",
                    "the algorithm " + node.path("scheduler").asText() + " failed " + faults + " times",
                    "then a call runs here or is refused, whatever the algorithm is for",
                    "the node's log has the error; another algorithm: scheduler-node.jar policy LeastLoadedSpill"));
        }
    }
}
