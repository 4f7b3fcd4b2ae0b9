package io.p2pfaas.node.function;

import java.util.OptionalLong;

/**
 * What a function may use at most.
 *
 * @param memoryBytes empty = not said
 * @param nanoCpus billionths of a processor; empty = not said
 */
public record Resources(OptionalLong memoryBytes, OptionalLong nanoCpus) {
    /** Nothing said. */
    public static final Resources UNSAID = new Resources(OptionalLong.empty(), OptionalLong.empty());
}
