package io.p2pfaas.node.mqtt;

import io.p2pfaas.core.model.NodeId;
import io.p2pfaas.node.tls.TlsFiles;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How to reach the broker.
 *
 * @param root prefix of all topics of the node's cluster
 * @param brokers at least one, the preferred one first
 * @param verifyHost whether a broker's certificate must be for the host that was asked for
 * @param keepAlive after this silence the broker is asked, after twice of it it counts as gone
 * @param reconnectMax longest pause between two tries to connect
 */
public record LinkSettings(
        NodeId self,
        String root,
        List<BrokerAddress> brokers,
        TlsFiles tls,
        boolean verifyHost,
        @Nullable String user,
        @Nullable String password,
        Duration keepAlive,
        Duration connectTimeout,
        Duration reconnectMax) {
    public LinkSettings {
        brokers = List.copyOf(brokers);
    }

    /** A broker gives a connection to the last one that uses its name: two clusters on one broker must not share names. */
    String clientId() {
        return root + "/" + self;
    }

    @Override
    public String toString() {
        return "LinkSettings[" + self + " at " + brokers + "]";
    }
}
