package io.p2pfaas.core.policy;

import java.util.List;

/**
 * Reads a policy's parameters, which arrive as strings; what is wrong is refused with name, value and range. As with
 * P2PFaaS, parameters beyond those that a policy has are ignored.
 */
public final class Parameters {
    private final String policy;
    private final List<String> values;

    public Parameters(String policy, List<String> values) {
        this.policy = policy;
        this.values = List.copyOf(values);
    }

    /** A whole number, or {@code fallback} if the parameter is not given. */
    public int integer(int index, String name, int min, int max, int fallback) {
        if (index >= values.size()) {
            return fallback;
        }
        String text = values.get(index).trim();
        try {
            int value = Integer.parseInt(text);
            if (value >= min && value <= max) {
                return value;
            }
        } catch (NumberFormatException ignored) {
            // Answered below together with numbers out of range: the user needs the same sentence.
        }
        throw wrong(index, name, "a whole number from " + min + " to " + max);
    }

    /** A truth value in one of the forms that Go accepts, or {@code fallback} if the parameter is not given. */
    public boolean truth(int index, String name, boolean fallback) {
        if (index >= values.size()) {
            return fallback;
        }
        return switch (values.get(index).trim()) {
            case "1", "t", "T", "true", "TRUE", "True" -> true;
            case "0", "f", "F", "false", "FALSE", "False" -> false;
            default -> throw wrong(index, name, "true or false (also 1, t, T, TRUE, True, 0, f, F, FALSE, False)");
        };
    }

    /** One of a few words, or {@code fallback} if the parameter is not given. */
    public String word(int index, String name, List<String> allowed, String fallback) {
        if (index >= values.size()) {
            return fallback;
        }
        String text = values.get(index).trim();
        if (!allowed.contains(text)) {
            throw wrong(index, name, "one of " + String.join(", ", allowed));
        }
        return text;
    }

    private IllegalArgumentException wrong(int index, String name, String allowed) {
        return new IllegalArgumentException("parameter " + (index + 1) + " (" + name + ") of " + policy + " is '"
                + values.get(index) + "', allowed is " + allowed);
    }
}
