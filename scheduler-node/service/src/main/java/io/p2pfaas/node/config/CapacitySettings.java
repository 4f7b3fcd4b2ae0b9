package io.p2pfaas.node.config;

/**
 * What a node takes on. All of it can be changed later while the node runs.
 *
 * @param slots calls that may run at once, at least 1
 * @param queueLength calls that may wait if the queue is enabled
 * @param queueEnabled whether calls may wait at all
 */
public record CapacitySettings(int slots, int queueLength, boolean queueEnabled) {
    static final String SLOTS = "parallel_running_functions_max";
    /** Another spelling that one of P2PFaaS's benchmark scripts asks for. */
    static final String RUNNING = "running_functions_max";

    static final String QUEUE_LENGTH = "queue_length_max";
    static final String QUEUE_ENABLED = "queue_enabled";

    public CapacitySettings {
        if (slots < 1) {
            throw new IllegalArgumentException("slots must be at least 1: " + slots);
        }
        if (queueLength < 0) {
            throw new IllegalArgumentException("queue must not be negative: " + queueLength);
        }
    }

    /** With a queue of this length; 0 = no call waits. */
    public CapacitySettings(int slots, int queue) {
        this(slots, queue, true);
    }

    /** Calls that may wait; 0 = none. */
    public int queue() {
        return queueEnabled ? queueLength : 0;
    }

    /** As P2PFaaS says it. */
    public String json() {
        return "{\"" + SLOTS + "\":" + slots + ",\"" + QUEUE_LENGTH + "\":" + queueLength + ",\"" + QUEUE_ENABLED
                + "\":" + queueEnabled + ",\"" + RUNNING + "\":" + slots + "}";
    }
}
