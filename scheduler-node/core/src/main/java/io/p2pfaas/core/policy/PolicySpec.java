package io.p2pfaas.core.policy;

import java.util.Arrays;
import java.util.List;

/** A policy's name and parameters as configured, for example {@code PowerOfNScheduler(1,2,true,1)}. */
public record PolicySpec(String name, List<String> parameters) {
    public PolicySpec {
        parameters = List.copyOf(parameters);
    }

    /** Reads {@code Name} or {@code Name(p1, p2, ...)}. */
    public static PolicySpec parse(String text) {
        String trimmed = text.trim();
        int open = trimmed.indexOf('(');
        if (open < 0) {
            return new PolicySpec(trimmed, List.of());
        }
        if (!trimmed.endsWith(")")) {
            throw new IllegalArgumentException("a policy is written Name or Name(p1, p2), but was '" + text + "'");
        }
        String inside = trimmed.substring(open + 1, trimmed.length() - 1).trim();
        List<String> parameters = inside.isEmpty()
                ? List.of()
                : Arrays.stream(inside.split(",", -1)).map(String::trim).toList();
        return new PolicySpec(trimmed.substring(0, open).trim(), parameters);
    }

    @Override
    public String toString() {
        return parameters.isEmpty() ? name : name + "(" + String.join(", ", parameters) + ")";
    }
}
