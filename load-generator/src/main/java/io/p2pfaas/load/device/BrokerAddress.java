package io.p2pfaas.load.device;

import java.net.URI;

/** Where the broker is, and below which topic the cluster speaks. */
public record BrokerAddress(String host, int port, String root) {
    private static final int STANDARD_PORT = 1883;

    /**
     * Reads {@code mqtt://host:port}.
     *
     * @param root the topic levels that all topics of the cluster begin with
     * @throws IllegalArgumentException when it is not that
     */
    public static BrokerAddress of(String url, String root) {
        try {
            URI uri = URI.create(url);
            if ("mqtt".equals(uri.getScheme()) && uri.getHost() != null && uri.getUserInfo() == null) {
                return new BrokerAddress(uri.getHost(), uri.getPort() < 0 ? STANDARD_PORT : uri.getPort(), root);
            }
        } catch (IllegalArgumentException ignored) {
            // Said below, with the text.
        }
        throw new IllegalArgumentException("not a broker: '" + url + "'; expected mqtt://HOST:PORT");
    }

    /** As Paho wants it. */
    String uri() {
        return "tcp://" + host + ":" + port;
    }

    /** A topic of version 1 below the root. */
    String topic(String below) {
        return root + "/v1/" + below;
    }

    @Override
    public String toString() {
        return "mqtt://" + host + ":" + port;
    }
}
