package io.p2pfaas.core.policy;

import java.util.Arrays;
import java.util.List;

/**
 * A policy's name and parameters as configured, for example {@code PowerOfNScheduler(1,2,true,1)}.
 *
 * @param faithful whether to choose as P2PFaaS does where that is not the correct rule, for comparisons in papers;
 *     written as the word {@code faithful} after the policy
 */
public record PolicySpec(String name, List<String> parameters, boolean faithful) {
    private static final String FAITHFUL = " faithful";

    public PolicySpec {
        parameters = List.copyOf(parameters);
    }

    /** By the correct rule. */
    public PolicySpec(String name, List<String> parameters) {
        this(name, parameters, false);
    }

    /** Reads {@code Name} or {@code Name(p1, p2, ...)}, and {@code faithful} after it. */
    public static PolicySpec parse(String text) {
        String trimmed = text.trim();
        boolean faithful = trimmed.endsWith(FAITHFUL);
        String plain = faithful
                ? trimmed.substring(0, trimmed.length() - FAITHFUL.length()).trim()
                : trimmed;
        int open = plain.indexOf('(');
        if (open < 0) {
            return new PolicySpec(plain, List.of(), faithful);
        }
        if (!plain.endsWith(")")) {
            throw new IllegalArgumentException("a policy is written Name or Name(p1, p2), but was '" + text + "'");
        }
        String inside = plain.substring(open + 1, plain.length() - 1).trim();
        List<String> parameters = inside.isEmpty()
                ? List.of()
                : Arrays.stream(inside.split(",", -1)).map(String::trim).toList();
        return new PolicySpec(plain.substring(0, open).trim(), parameters, faithful);
    }

    @Override
    public String toString() {
        String plain = parameters.isEmpty() ? name : name + "(" + String.join(", ", parameters) + ")";
        return faithful ? plain + FAITHFUL : plain;
    }
}
