package io.p2pfaas.node.config;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * The link to the MQTT broker.
 *
 * @param urls {@code mqtt}, {@code mqtts}, {@code ws} or {@code wss}, always with a port; at least one, the preferred one
 *     first
 * @param root topic levels that all topics of the cluster begin with
 * @param password also where it was given as a file
 * @param keepAlive whole seconds
 * @param reconnectMax the longest pause between two attempts to connect
 * @param replyTopics topic filters that callers may name as response topic, besides their own inboxes; none of them
 *     reaches below {@code root}
 */
public record BrokerSettings(
        List<URI> urls,
        BrokerTls tls,
        String root,
        Optional<String> user,
        Optional<Secret> password,
        Duration keepAlive,
        Duration connectTimeout,
        Duration reconnectMax,
        List<String> replyTopics) {
    public BrokerSettings {
        urls = List.copyOf(urls);
        if (urls.isEmpty()) {
            throw new IllegalArgumentException("a node without a broker's address");
        }
        replyTopics = List.copyOf(replyTopics);
    }

    /** Host of a broker, IPv6 addresses without brackets. */
    public static String host(URI url) {
        return HostPort.parse(url.getRawAuthority()).host();
    }

    /** Port of a broker. */
    public static int port(URI url) {
        return HostPort.parse(url.getRawAuthority()).port();
    }

    /** Whether a broker is reached through TLS. */
    public static boolean isTls(URI url) {
        return Addresses.Broker.isTls(url);
    }

    /** The path for WebSockets; absent where none are used. */
    public static Optional<String> webSocketPath(URI url) {
        return Addresses.Broker.isWebSocket(url) ? Optional.of(url.getRawPath()) : Optional.empty();
    }
}
