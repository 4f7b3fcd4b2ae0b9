package io.p2pfaas.node.runtime.docker;

import io.p2pfaas.core.model.FunctionName;
import io.p2pfaas.node.function.FunctionDefinition;
import java.time.Duration;
import java.util.Map;

/**
 * What the instances of a function are made from.
 *
 * @param given the definition's own text: with another one the containers are not the same
 * @param network the only one that they are on
 * @param internal whether the network leads nowhere
 * @param port on which they take calls; once it takes connections they are ready
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
        Duration startTimeout,
        long memoryBytes,
        PoolRules rules,
        Planner plan) {
    /** Completes a plan. */
    @FunctionalInterface
    interface Planner {
        /** The plan of the container whose name ends so. */
        ContainerPlan plan(String suffix, Map<String, String> labels);
    }

    /** Reads definitions. */
    @FunctionalInterface
    interface Reader {
        /**
         * What the definition asks for.
         *
         * @throws IllegalArgumentException naming what is wrong and what is allowed
         */
        Blueprint read(FunctionDefinition definition);
    }

    String definitionLabel(String imageId) {
        // The node's defaults count too: they are in the plan.
        return Labels.definitionOf(given + "\n" + plan.plan("", Map.of()), imageId);
    }
}
