package io.p2pfaas.node.config;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * The link to the MQTT broker.
 *
 * @param url {@code mqtt://host:port}, always with a port
 * @param root topic levels that all topics of the cluster begin with
 * @param password also where it was given as a file
 * @param keepAlive whole seconds
 * @param reconnectMax the longest pause between two attempts to connect
 * @param replyTopics topic filters that callers may name as response topic, besides their own inboxes; none of them
 *     reaches below {@code root}
 */
public record BrokerSettings(
        URI url,
        String root,
        Optional<String> user,
        Optional<Secret> password,
        Duration keepAlive,
        Duration connectTimeout,
        Duration reconnectMax,
        List<String> replyTopics) {
    public BrokerSettings {
        replyTopics = List.copyOf(replyTopics);
    }

    /** Host of the broker, IPv6 addresses without brackets. */
    public String host() {
        return address().host();
    }

    /** Port of the broker. */
    public int port() {
        return address().port();
    }

    private HostPort address() {
        return HostPort.parse(url.getRawAuthority());
    }
}
