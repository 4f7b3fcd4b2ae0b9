package io.p2pfaas.node.call;

import io.p2pfaas.core.model.FunctionName;

/**
 * A call that has just reached this node.
 *
 * @param id by which its caller, or else this node, finds it again
 * @param place the URL's path without what is the function's, the topic, or the node that handed the call on
 * @param atNanos on the node's monotonic clock
 */
public record Arrived(Way way, FunctionName function, String id, String place, Request request, long atNanos) {
    /** How it came. */
    public enum Way {
        /** Over HTTP, and the caller waits. */
        HTTP,
        /** Over HTTP, and nobody waits. */
        ASYNC,
        /** Over MQTT, from a program that may call any function. */
        MQTT,
        /** Over MQTT, from a device or a topic of others: somebody who needs to know nothing of the nodes. */
        DEVICE,
        /** From a node. */
        PEER
    }
}
