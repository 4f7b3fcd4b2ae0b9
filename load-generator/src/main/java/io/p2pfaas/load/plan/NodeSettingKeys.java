package io.p2pfaas.load.plan;

import java.util.List;

/** Keys of settings that an experiment may give to its nodes. A test holds them against docs/configuration.md. */
final class NodeSettingKeys {
    /** How the simulated broker deals to a shared group; real brokers have their own way. */
    static final String BROKER_DEAL = "broker-deal";

    /** What the lab itself sets for every node. */
    static final List<String> SET_BY_THE_LAB = List.of(
            "id",
            "http.address",
            "broker.url",
            "slots",
            "queue",
            "no-queue",
            "scheduler",
            "functions",
            "idempotent",
            "data",
            "plugins",
            "shadow");

    /** All others of a node. */
    static final List<String> FREE = List.of(
            "http.max-body",
            "http.max-header",
            "http.idle-timeout",
            "http.read-timeout",
            "http.max-buffered",
            "http.io-threads",
            "http.admin-user",
            "http.admin-password",
            "http.admin-password-file",
            "http.tokens-file",
            "http.tls.cert-file",
            "http.tls.key-file",
            "http.rate",
            "http.burst",
            "broker.root",
            "broker.user",
            "broker.password",
            "broker.password-file",
            "broker.tls.ca-file",
            "broker.tls.cert-file",
            "broker.tls.key-file",
            "broker.tls.verify-host",
            "broker.keep-alive",
            "broker.connect-timeout",
            "broker.reconnect-max",
            "broker.reply-topics",
            "call.timeout",
            "call.max-in-flight",
            "call.dedupe-window",
            "call.reply-expiry",
            "call.max-attempts",
            "call.accept-timeout",
            "call.heartbeat",
            "call.book-above",
            "mappings",
            "device.rate",
            "device.burst",
            "device.quota",
            "device.max-in-flight",
            "device.fn-callers",
            "docker.host",
            "docker.images",
            "docker.pull",
            "docker.memory",
            "docker.cpus",
            "docker.pids",
            "docker.tmpfs",
            "docker.max-replicas",
            "docker.concurrency",
            "docker.pause-after",
            "docker.stop-after",
            "docker.start-timeout",
            "docker.keep",
            "async.queue",
            "async.timeout",
            "async.result-ttl",
            "async.callbacks",
            "tracing.otlp-endpoint",
            "tracing.sample",
            "tracing.service-name",
            "tracing.headers-file",
            "log.format",
            "log.level",
            "discovery-port",
            "learner-port",
            "learner.rule",
            "learner.deadline",
            "learner.parameters",
            "stop-grace");

    private NodeSettingKeys() {}

    static boolean isKnown(String key) {
        return FREE.contains(key) || key.equals(BROKER_DEAL);
    }
}
