package io.p2pfaas.node.mqtt;

import io.p2pfaas.core.model.NodeId;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How to reach the broker.
 *
 * @param root prefix of all topics of the node's cluster
 * @param keepAlive after this silence the broker is asked, after twice of it it counts as gone
 * @param reconnectMax longest pause between two tries to connect
 */
public record LinkSettings(
        NodeId self,
        String root,
        String host,
        int port,
        @Nullable String user,
        @Nullable String password,
        Duration keepAlive,
        Duration connectTimeout,
        Duration reconnectMax) {
    /** A broker gives a connection to the last one that uses its name: two clusters on one broker must not share names. */
    String clientId() {
        return root + "/" + self;
    }

    @Override
    public String toString() {
        return "LinkSettings[" + self + " at " + host + ":" + port + "]";
    }
}
