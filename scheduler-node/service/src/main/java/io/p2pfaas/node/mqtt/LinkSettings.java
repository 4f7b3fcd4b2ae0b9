package io.p2pfaas.node.mqtt;

import io.p2pfaas.core.model.NodeId;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How to reach the broker.
 *
 * @param keepAlive after this silence the broker is asked, after twice of it it counts as gone
 * @param reconnectMax longest pause between two tries to connect
 */
public record LinkSettings(
        NodeId self,
        String host,
        int port,
        @Nullable String user,
        @Nullable String password,
        Duration keepAlive,
        Duration connectTimeout,
        Duration reconnectMax) {
    @Override
    public String toString() {
        return "LinkSettings[" + self + " at " + host + ":" + port + "]";
    }
}
