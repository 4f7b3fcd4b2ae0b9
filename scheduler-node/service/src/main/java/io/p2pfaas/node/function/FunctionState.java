package io.p2pfaas.node.function;

import java.time.Instant;

/**
 * A function and how it is now, on this node.
 *
 * @param replicas instances that there should be; 1 for what has no instances
 * @param available instances that can take a call, paused ones included
 * @param invocations executions started here since the node started
 * @param createdAt when it was deployed
 */
public record FunctionState(
        FunctionDefinition definition, int replicas, int available, long invocations, Instant createdAt) {}
