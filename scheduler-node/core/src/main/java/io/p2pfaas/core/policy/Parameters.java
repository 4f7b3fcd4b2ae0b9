package io.p2pfaas.core.policy;

import io.p2pfaas.core.model.DurationText;
import io.p2pfaas.core.model.NodeId;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Reads a policy's parameters, which arrive as strings; what is wrong is refused with name, value and range. As with
 * P2PFaaS, parameters beyond those that a policy has are ignored.
 */
public final class Parameters {
    static final String AUTO = "auto";

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

    /** A decimal number, or {@code fallback} if the parameter is not given. */
    public double decimal(int index, String name, double min, double max, double fallback) {
        if (index >= values.size()) {
            return fallback;
        }
        try {
            double value = Double.parseDouble(values.get(index).trim());
            if (value >= min && value <= max) {
                return value;
            }
        } catch (NumberFormatException ignored) {
            // As above.
        }
        throw wrong(index, name, "a number from " + min + " to " + max);
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

    /** A duration as Go writes it, or {@code fallback} if the parameter is not given. */
    public Duration duration(int index, String name, Duration max, Duration fallback) {
        if (index >= values.size()) {
            return fallback;
        }
        try {
            Duration value = DurationText.parse(values.get(index).trim());
            if (value.compareTo(max) <= 0) {
                return value;
            }
        } catch (IllegalArgumentException ignored) {
            // The sentence below says the same, and which parameter it is.
        }
        throw wrong(index, name, "a duration from 0s to " + DurationText.of(max) + ", for example 10ms or 1.5s");
    }

    /** The id of a node; empty if the parameter is not given or {@code auto}. */
    public Optional<NodeId> node(int index, String name) {
        if (index >= values.size() || values.get(index).trim().equals(AUTO)) {
            return Optional.empty();
        }
        String text = values.get(index).trim();
        if (!NodeId.isValid(text)) {
            throw wrong(index, name, "auto, or the id of a node (not its address, as with P2PFaaS)");
        }
        return Optional.of(new NodeId(text));
    }

    private IllegalArgumentException wrong(int index, String name, String allowed) {
        return new IllegalArgumentException("parameter " + (index + 1) + " (" + name + ") of " + policy + " is '"
                + values.get(index) + "', allowed is " + allowed);
    }
}
