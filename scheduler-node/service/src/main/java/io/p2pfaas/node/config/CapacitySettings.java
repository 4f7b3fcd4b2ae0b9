package io.p2pfaas.node.config;

/**
 * What a node takes on. Both can be changed later while the node runs.
 *
 * @param slots calls that may run at once, at least 1
 * @param queue calls that may wait; 0 = no queue
 */
public record CapacitySettings(int slots, int queue) {
    public CapacitySettings {
        if (slots < 1) {
            throw new IllegalArgumentException("slots must be at least 1: " + slots);
        }
        if (queue < 0) {
            throw new IllegalArgumentException("queue must not be negative: " + queue);
        }
    }
}
