package io.p2pfaas.node.mqtt;

import io.p2pfaas.core.model.NodeId;
import io.p2pfaas.node.tls.TlsFiles;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Settings of links to brokers that are not there. */
final class TestLinks {
    static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(3);
    static final Duration RECONNECT_MAX = Duration.ofSeconds(2);

    private TestLinks() {}

    static BrokerAddress broker(String host) {
        return new BrokerAddress("mqtt://" + host + ":1883", host, 1883, false, null);
    }

    static LinkSettings to(String... hosts) {
        return settings(List.of(hosts), true, null, null);
    }

    static LinkSettings settings(
            List<String> hosts, boolean verifyHost, @Nullable String user, @Nullable String password) {
        return new LinkSettings(
                new NodeId("n1"),
                "p2pfaas",
                hosts.stream().map(TestLinks::broker).toList(),
                TlsFiles.NONE,
                verifyHost,
                user,
                password,
                Duration.ofSeconds(10),
                CONNECT_TIMEOUT,
                RECONNECT_MAX);
    }
}
