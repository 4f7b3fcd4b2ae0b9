package io.p2pfaas.node.app.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** What the link between a node and its broker lacks, from what the node says of it at {@code /system/diagnosis}. */
final class LinkChecks {
    private static final double SLOW_MILLIS = 30;
    /** Of a slow message, so much at most may be the way of the network if the broker is to blame. */
    private static final double NETWORK_SHARE = 0.4;

    private static final long RECENT_MILLIS = 120_000;
    private static final int MANY_LOSSES = 3;
    private static final long HEARTBEATS = 5;
    private static final long LEAST_SILENCE_MILLIS = 5000;
    private static final String NO_SHARING =
            "without the broker this node shares no calls: it runs its own and refuses" + " what it has no room for";

    private final JsonNode node;
    private final JsonNode link;
    private final List<Finding> findings = new ArrayList<>();

    private LinkChecks(JsonNode diagnosis) {
        this.node = diagnosis;
        this.link = diagnosis.path("link");
    }

    /** @param diagnosis what the node says */
    static List<Finding> of(JsonNode diagnosis) {
        LinkChecks checks = new LinkChecks(diagnosis);
        checks.twins();
        checks.refused();
        if (checks.link.path("up").asBoolean()) {
            checks.matchmaking();
            checks.echo();
            checks.ownLoad();
            checks.terms();
        } else if (checks.findings.isEmpty()) {
            checks.down();
        }
        return checks.findings;
    }

    /** What can be said without the diagnosis, which not everybody may read. */
    static List<Finding> ofStatus(JsonNode status) {
        if (status.path("linkUp").asBoolean(true)) {
            return List.of();
        }
        return List.of(reached(
                status.path("broker").asText(), status.path("linkFailure").asText("unknown")));
    }

    private void twins() {
        JsonNode twins = link.path("twins");
        boolean taken = twins.has("takeoverAgoMillis")
                && twins.path("takeoverAgoMillis").asLong() < RECENT_MILLIS;
        boolean heard =
                twins.has("heardAgoMillis") && twins.path("heardAgoMillis").asLong() < RECENT_MILLIS;
        if (taken || heard) {
            String id = node.path("node").asText();
            findings.add(Finding.problem(
                    "same-id",
                    "another node is called " + id + " too"
                            + (taken
                                    ? ": the broker gave the connection of "
                                            + node.path("clientId").asText() + " away "
                                            + twins.path("takeovers").asLong() + " times"
                                    : ""),
                    "the broker ends the connection of the one whenever the other comes, and others take the two for one",
                    "give each node an id of its own: --id (P2PFAAS_ID), for example " + id + "b"));
        } else if (link.path("lossesLastMinute").asInt() >= MANY_LOSSES) {
            findings.add(Finding.problem(
                    "link-flaps",
                    "the broker ended the connection "
                            + link.path("lossesLastMinute").asInt() + " times in the last minute: "
                            + link.path("lastFailure").path("reason").asText(),
                    "calls are shared only in between",
                    "look whether another client uses the client id "
                            + node.path("clientId").asText()
                            + " (a second node of this id?), and into the broker's log"));
        }
    }

    private void refused() {
        String root = node.path("root").asText();
        String id = node.path("node").asText();
        String rights = "let the broker's rights be those of a node: broker-config/mosquitto/make-acl --node " + id
                + " ... (docs/security.md lists the topics), then restart the broker";
        List<String> filters = texts(link.path("refusedSubscriptions"), "filter");
        if (!filters.isEmpty()) {
            findings.add(Finding.problem(
                    "acl-subscribe",
                    "the broker does not let " + id + " hear " + String.join(", ", filters),
                    lacking(filters, root),
                    rights));
        }
        List<String> topics = texts(link.path("refusedPublishes"), "topic");
        if (!topics.isEmpty()) {
            findings.add(Finding.problem(
                    "acl-publish",
                    "the broker does not let " + id + " publish on " + String.join(", ", topics),
                    "what it says there reaches nobody: presence (state), forwarded calls (fwd), answers (rsp), or reports",
                    rights));
        }
    }

    private static String lacking(List<String> filters, String root) {
        String all = String.join(" ", filters);
        if (all.contains(root + "/v1/config/")) {
            return "changes for all nodes over MQTT pass it by";
        }
        if (all.contains("/report") || all.contains("/watch/")) {
            return "the pages of nodes, top and doctor show less of it or of others";
        }
        return NO_SHARING;
    }

    private void down() {
        String broker = link.path("broker").asText();
        String tcp = link.path("tcpReason").asText();
        switch (link.path("tcpFailure").asText()) {
            case "dns" ->
                findings.add(
                        Finding.problem(
                                "broker-dns",
                                "the node does not reach its broker " + broker + ": " + tcp,
                                NO_SHARING,
                                "put the right host into broker.url (--broker), or its name into DNS or /etc/hosts of the node"));
            case "refused" ->
                findings.add(Finding.problem(
                        "broker-refused",
                        "the node does not reach its broker " + broker + ": connection refused, nothing listens there",
                        NO_SHARING,
                        "start the broker (mosquitto -c broker-config/mosquitto/laptop.conf), or put the right host and port"
                                + " into broker.url (--broker)"));
            case "timeout", "other" ->
                findings.add(
                        Finding.problem(
                                "broker-timeout",
                                "the node does not reach its broker " + broker + ": " + tcp,
                                NO_SHARING,
                                "look whether the host runs and a firewall is in the way: nc -vz HOST PORT on the node's machine"));
            default ->
                findings.add(
                        reached(broker, link.path("lastFailure").path("reason").asText("unknown")));
        }
    }

    /** Something listens, and does not take the node. */
    private static Finding reached(String broker, String reason) {
        String words = reason.toLowerCase(Locale.ROOT);
        String what = "broker " + broker + " cannot be used: " + reason;
        if (words.contains("password") || words.contains("not authorised") || words.contains("banned")) {
            return Finding.problem(
                    "broker-login",
                    what,
                    NO_SHARING,
                    "set broker.user and broker.password-file to what the broker knows (mosquitto_passwd on its side)");
        }
        boolean cutOff = words.contains("reset") || words.contains("closed");
        boolean secured = broker.startsWith("mqtts:") || broker.startsWith("wss:");
        if (words.contains("certificate")
                || words.contains("tls")
                || words.contains("ssl")
                // What a port without TLS makes of the handshake.
                || (cutOff && secured)) {
            return Finding.problem(
                    "broker-tls",
                    what,
                    NO_SHARING,
                    "broker.tls.ca-file names the broker's CA, broker.tls.cert-file and key-file what it wants to see; a"
                            + " port that speaks TLS is mqtts://, one that does not is mqtt://");
        }
        if (words.contains("mqtt 5")) {
            return Finding.problem(
                    "broker-version", what, NO_SHARING, "use a broker of MQTT 5: Mosquitto 2 or HiveMQ CE");
        }
        return Finding.problem(
                "broker-down",
                what,
                NO_SHARING,
                "look into the broker's log, and check broker.url: mqtt:// and mqtts:// have different ports");
    }

    private void matchmaking() {
        String wanted = node.path("schedulerWanted").asText();
        String inForce = node.path("scheduler").asText();
        if (!wanted.equals(inForce)) {
            findings.add(
                    Finding.problem(
                            "broker-no-nobody",
                            "instead of " + wanted + " the node runs " + inForce
                                    + ": the broker does not say when a publish reaches nobody",
                            "either it never does, or some client subscribes to everything, and then every offer looks taken",
                            "end the client that subscribes to # or "
                                    + node.path("root").asText()
                                    + "/# (mosquitto_sub, a logger, a bridge): it may have a right of its own, $share or a copy by"
                                    + " bridge; or choose an algorithm without it: scheduler-node.jar policy LeastLoadedSpill"));
        }
    }

    private void echo() {
        if (!link.has("echoMillis")) {
            return;
        }
        double echo = link.path("echoMillis").asDouble();
        double connect = link.path("tcpConnectMillis").asDouble();
        if (echo <= SLOW_MILLIS) {
            return;
        }
        String measured = String.format(
                Locale.ROOT,
                "a message to the broker and back takes %.0f ms, a TCP connection to it %.1f ms",
                echo,
                connect);
        if (connect < echo * NETWORK_SHARE) {
            findings.add(Finding.problem(
                    "broker-nodelay",
                    measured + ": the broker waits before it sends (TCP_NODELAY is off)",
                    "each forwarded call costs 40 ms and more for nothing",
                    "put 'set_tcp_nodelay true' into mosquitto.conf and restart Mosquitto; else look whether the broker is"
                            + " overloaded"));
        } else {
            findings.add(Finding.note(
                    "broker-far",
                    measured,
                    "each forwarded call takes this twice",
                    "use a broker nearby, and a bridge between sites (docs/brokers.md)"));
        }
    }

    /** A broker that checks rights only when it delivers says nothing of it; but then this does not come back. */
    private void ownLoad() {
        long bound = Math.max(
                LEAST_SILENCE_MILLIS, HEARTBEATS * node.path("heartbeatMillis").asLong());
        if (link.path("ownSampleAgeMillis").asLong() > bound
                && link.path("upMillis").asLong() > bound) {
            String topic =
                    node.path("root").asText() + "/v1/node/" + node.path("node").asText() + "/load";
            findings.add(Finding.problem(
                    "acl-load",
                    "what this node publishes on " + topic + " does not come back to it",
                    "it may not publish its load, or not hear loads (node/+/load): then it, or others, know nobody to forward"
                            + " to",
                    "allow both at the broker: broker-config/mosquitto/make-acl --node "
                            + node.path("node").asText() + " ..., then restart the broker"));
        }
    }

    private void terms() {
        long packet = link.path("maxPacketBytes").asLong(Long.MAX_VALUE);
        long body = node.path("maxBodyBytes").asLong();
        if (packet < body) {
            findings.add(Finding.problem(
                    "broker-packet",
                    "the broker takes packets of " + packet + " bytes, the node bodies of " + body,
                    "calls and answers in between cannot be forwarded, and MQTT callers are told answer_too_large",
                    "raise max_packet_size in mosquitto.conf above " + body + ", or lower the nodes' http.max-body"));
        }
        List<String> missing = new ArrayList<>();
        link.path("missing").forEach(one -> missing.add(one.asText()));
        if (!missing.isEmpty()) {
            findings.add(Finding.problem(
                    "broker-lacks",
                    "the broker has no " + String.join(", no ", missing),
                    "a node needs it to share calls",
                    "switch it on at the broker, or use another one: docs/brokers.md"));
        }
    }

    private static List<String> texts(JsonNode list, String field) {
        List<String> texts = new ArrayList<>();
        list.forEach(one -> texts.add(one.path(field).asText()));
        return texts.stream().distinct().collect(Collectors.toList());
    }
}
