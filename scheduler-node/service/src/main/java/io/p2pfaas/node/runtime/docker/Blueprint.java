package io.p2pfaas.node.runtime.docker;

import io.p2pfaas.core.model.FunctionName;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * What the instances of a function are made from.
 *
 * @param given the definition's own text: with another one the containers are not the same
 * @param network the only one that they are on
 * @param internal whether the network leads nowhere
 * @param port on which they take calls
 * @param health a path that answers with 2xx as soon as calls can be taken; empty = as soon as the port is open
 * @param startTimeout how long they may take until then
 * @param plan everything but name and labels, which differ
 */
record Blueprint(
        FunctionName function,
        String given,
        String image,
        String network,
        boolean internal,
        int port,
        Optional<String> health,
        Duration startTimeout,
        long memoryBytes,
        PoolRules rules,
        Planner plan) {
    /** Completes a plan. */
    @FunctionalInterface
    interface Planner {
        ContainerPlan plan(String name, Map<String, String> labels);
    }

    /** Reads definitions. */
    @FunctionalInterface
    interface Reader {
        /**
         * What the definition asks for.
         *
         * @throws IllegalArgumentException naming what is wrong and what is allowed
         */
        Blueprint read(io.p2pfaas.node.function.FunctionDefinition definition);
    }

    String definitionLabel(String imageId) {
        return Labels.definitionOf(given, imageId);
    }
}
