package io.p2pfaas.node.metrics;

import io.p2pfaas.core.model.FunctionName;
import java.util.OptionalInt;

/**
 * A function that is deployed on this node.
 *
 * @param usable whether calls can be run just now
 * @param replicas instances that can take calls; empty if it has none
 */
public record FunctionOnNode(FunctionName name, boolean usable, OptionalInt replicas) {}
