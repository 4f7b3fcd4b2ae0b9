package io.p2pfaas.node.app.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Examines a node from here and through it, and what it knows of others.
 *
 * @param client shows what rights there are
 * @param url of the node
 * @param hasToken whether one is shown
 * @param clock of this machine
 * @param others a client for another node's URL; it shows no token, since a node's address is only what it says itself
 */
record Doctor(
        NodeClient client, String url, boolean hasToken, InstantSource clock, Function<String, NodeClient> others) {
    private static final String DIAGNOSIS = "/system/diagnosis";
    /** An answer may be on its way for so long. */
    private static final Duration CLOCK_BOUND = Duration.ofSeconds(3);

    private static final int MAX_PEERS_ASKED = 16;
    private static final int PEER_SECONDS = 6;
    private static final int OK = 200;
    /** A node's address is what it says itself: nothing but a host and a port may become part of a URL. */
    private static final Pattern ADDRESS = Pattern.compile("([\\w.-]+|\\[[0-9A-Fa-f:.]+])(:\\d{1,5})?");

    List<Finding> examine() {
        NodeClient.Answer first;
        try {
            first = client.send("GET", "/status", List.of(), null);
        } catch (IOException failed) {
            return List.of(Reach.failure(url, failed));
        }
        if (first.status() != OK) {
            return List.of(Reach.notANode(url, first.status()));
        }
        NodeApi node = new NodeApi(client);
        List<Finding> findings = new ArrayList<>();
        try {
            JsonNode status = node.read("/status");
            // From now on others report.
            JsonNode ignored = node.board();
            JsonNode diagnosis = diagnosis(node, findings);
            if (diagnosis.isMissingNode()) {
                findings.addAll(LinkChecks.ofStatus(status));
            } else {
                findings.addAll(LinkChecks.of(diagnosis));
                findings.addAll(NodeChecks.of(diagnosis));
            }
            if (!status.path("ready").asBoolean(true)) {
                findings.add(Finding.note(
                        "draining",
                        status.path("id").asText() + " is leaving or just starting",
                        "it takes no new calls",
                        "nothing, if somebody drained it; else start it again"));
            }
            JsonNode board = node.wholeBoard();
            clock(board, findings);
            findings.addAll(ClusterChecks.of(board));
        } catch (IOException failed) {
            findings.add(Reach.failure(url, failed));
        }
        return findings;
    }

    /** Missing if it may not be read, or if the node does not have it. */
    private JsonNode diagnosis(NodeApi node, List<Finding> findings) throws IOException {
        try {
            return node.read(DIAGNOSIS);
        } catch (NodeRefused refused) {
            findings.add(
                    switch (refused.status()) {
                        case NodeApi.UNAUTHORIZED -> Reach.unauthorized(hasToken);
                        case NodeApi.FORBIDDEN -> hasToken ? Reach.unauthorized(true) : Reach.forbidden();
                        default ->
                            Finding.note(
                                    "no-diagnosis",
                                    "the node answers " + DIAGNOSIS + " with " + refused.status(),
                                    "half of the checks are left out",
                                    "bring the node to the version of this command");
                    });
            return MissingNode.getInstance();
        }
    }

    private void clock(JsonNode board, List<Finding> findings) {
        Instant here = clock.instant();
        Instant there = Instant.ofEpochMilli(board.path("now").asLong());
        String id = board.path("node").asText();
        Duration difference = Duration.between(there, here);
        if (difference.abs().compareTo(CLOCK_BOUND) > 0) {
            findings.add(skew("this machine", "the node " + id, difference));
        }
        peerClocks(board).forEach((peer, behindHere) -> {
            Duration between = behindHere.minus(difference);
            if (between.abs().compareTo(CLOCK_BOUND) > 0) {
                findings.add(skew("the node " + id, "the node " + peer, between));
            }
        });
    }

    private static Finding skew(String one, String other, Duration ahead) {
        long seconds = ahead.abs().toSeconds();
        return Finding.problem(
                "clock",
                "the clock of " + one + " is " + seconds + " s " + (ahead.isNegative() ? "behind" : "ahead of")
                        + " that of " + other,
                "times in logs and traces do not fit together, and certificates may look expired or not yet valid",
                "let NTP set the clock of the one that is wrong: timedatectl set-ntp true, or chronyd; timedatectl shows it");
    }

    /** How far the clocks of other nodes are behind the one here, of those that can be asked from here. */
    private Map<String, Duration> peerClocks(JsonNode board) {
        boolean local = isLoopback(URI.create(url).getHost());
        String scheme = URI.create(url).getScheme();
        Map<String, CompletableFuture<Optional<Duration>>> asked = new TreeMap<>();
        for (JsonNode node : board.path("nodes")) {
            String http = node.path("http").asText();
            // Who is only on its own machine's loopback address would be somebody else from here.
            boolean canBe = ADDRESS.matcher(http).matches() && (local || !isLoopback(http));
            if (!node.path("self").asBoolean() && canBe && asked.size() < MAX_PEERS_ASKED) {
                asked.put(
                        node.path("id").asText(),
                        CompletableFuture.supplyAsync(() -> behind(others.apply(scheme + "://" + http)))
                                .completeOnTimeout(Optional.empty(), PEER_SECONDS, TimeUnit.SECONDS));
            }
        }
        Map<String, Duration> clocks = new TreeMap<>();
        asked.forEach((id, difference) -> difference.join().ifPresent(known -> clocks.put(id, known)));
        return clocks;
    }

    private static boolean isLoopback(@Nullable String host) {
        return host != null && (host.startsWith("127.") || host.startsWith("localhost") || host.startsWith("[::1]"));
    }

    private Optional<Duration> behind(NodeClient peer) {
        try {
            JsonNode now = new NodeApi(peer).read("/status").path("now");
            return now.isNumber()
                    ? Optional.of(Duration.between(Instant.ofEpochMilli(now.asLong()), clock.instant()))
                    : Optional.empty();
        } catch (IOException | IllegalArgumentException ignored) {
            // Not to be reached from here, which need not be wrong: nodes only need the broker.
            return Optional.empty();
        }
    }
}
