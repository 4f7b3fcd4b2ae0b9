package io.p2pfaas.node.app;

import io.p2pfaas.core.model.NodeId;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Under which address each node's presence says that it can be reached; for reports to callers only. Bounded. */
final class AddressBook {
    private static final int MAX_NODES = 16_384;

    private final Map<NodeId, String> hosts = new ConcurrentHashMap<>();

    /** @param http {@code host:port}, or empty if the node is gone */
    void note(NodeId node, String http) {
        int colon = http.lastIndexOf(':');
        if (colon <= 0) {
            hosts.remove(node);
        } else if (hosts.size() < MAX_NODES || hosts.containsKey(node)) {
            hosts.put(node, http.substring(0, colon));
        }
    }

    /** The host part; empty if unknown. */
    String hostOf(NodeId node) {
        return hosts.getOrDefault(node, "");
    }
}
