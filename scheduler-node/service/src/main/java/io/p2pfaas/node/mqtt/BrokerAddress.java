package io.p2pfaas.node.mqtt;

import org.jspecify.annotations.Nullable;

/**
 * Where a broker is, and how it is spoken to.
 *
 * @param url for people
 * @param host IPv6 without brackets
 * @param webSocketPath with its slash; null = no WebSocket
 */
public record BrokerAddress(
        String url,
        String host,
        int port,
        boolean tls,
        @Nullable String webSocketPath) {
    @Override
    public String toString() {
        return url;
    }
}
