package io.p2pfaas.core.learn;

import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What the learner can be told, under the names and with the defaults of P2PFaaS.
 *
 * @param actions how many actions there are: reject, here, probe one peer, and one for each peer; table columns
 * @param alpha how far a value moves towards what was seen
 * @param beta how far the average reward moves
 * @param window entries that are trained together
 * @param epsilonStart share of random actions after a reset
 * @param epsilonMin at or below it the share stays
 * @param epsilonDecay the share is multiplied by it with every action
 * @param epsilonDecays whether it is
 * @param missingAttempts how often a missing entry is waited for before it is given up
 */
public record LearnerParameters(
        int actions,
        double alpha,
        double beta,
        int window,
        double epsilonStart,
        double epsilonMin,
        double epsilonDecay,
        boolean epsilonDecays,
        int missingAttempts) {
    /** Names, in the order in which they are told. */
    public static final List<String> NAMES = List.of(
            "actions_n",
            "alpha",
            "beta",
            "window_size",
            "epsilon_start",
            "epsilon_min",
            "epsilon_decay",
            "epsilon_decay_enabled",
            "entry_missing_max_attempts");

    public static final LearnerParameters DEFAULT = new LearnerParameters(2, 0.01, 0.01, 5, 0.9, 0.1, 0.99, true, 100);

    static final int MAX_ACTIONS = 1024;
    static final int MAX_WINDOW = 1000;
    private static final int MAX_MISSING = 1_000_000;

    public LearnerParameters {
        within("actions_n", actions, 1, MAX_ACTIONS);
        within("alpha", alpha, 0, 1);
        within("beta", beta, 0, 1);
        within("window_size", window, 1, MAX_WINDOW);
        within("epsilon_start", epsilonStart, 0, 1);
        within("epsilon_min", epsilonMin, 0, 1);
        within("epsilon_decay", epsilonDecay, 0, 1);
        within("entry_missing_max_attempts", missingAttempts, 1, MAX_MISSING);
    }

    private static void within(String name, double value, double min, double max) {
        if (!(value >= min && value <= max)) {
            throw new IllegalArgumentException(
                    name + " is " + plain(value) + "; allowed is a number from " + plain(min) + " to " + plain(max));
        }
    }

    /**
     * Reads {@code actions_n=3 alpha=0.1}, with spaces or commas between; what is not named has its default.
     *
     * @throws IllegalArgumentException with name, value and what is allowed
     */
    public static LearnerParameters parse(String text) {
        LearnerParameters read = DEFAULT;
        for (String part : text.trim().split("[,\\s]+", -1)) {
            int equals = part.indexOf('=');
            if (equals < 0 || !NAMES.contains(part.substring(0, equals))) {
                throw new IllegalArgumentException(
                        "'" + part + "' is no NAME=VALUE with one of the names " + String.join(", ", NAMES));
            }
            read = read.with(part.substring(0, equals), part.substring(equals + 1));
        }
        return read;
    }

    /** The same with one of them changed; {@code name} is one of {@link #NAMES}. */
    public LearnerParameters with(String name, String value) {
        Map<String, String> values = values();
        if (values.put(name, value.trim()) == null) {
            throw new IllegalArgumentException(name + " is no parameter; there are " + String.join(", ", NAMES));
        }
        return of(values);
    }

    private static LearnerParameters of(Map<String, String> values) {
        return new LearnerParameters(
                whole(values, "actions_n"),
                number(values, "alpha"),
                number(values, "beta"),
                whole(values, "window_size"),
                number(values, "epsilon_start"),
                number(values, "epsilon_min"),
                number(values, "epsilon_decay"),
                truth(values, "epsilon_decay_enabled"),
                whole(values, "entry_missing_max_attempts"));
    }

    private static double number(Map<String, String> values, String name) {
        String text = values.getOrDefault(name, "");
        try {
            return Double.parseDouble(text);
        } catch (NumberFormatException notANumber) {
            throw new IllegalArgumentException(name + " is '" + text + "'; allowed is a number", notANumber);
        }
    }

    private static int whole(Map<String, String> values, String name) {
        double value = number(values, name);
        if (value != Math.rint(value) || Math.abs(value) > Integer.MAX_VALUE) {
            throw new IllegalArgumentException(name + " is '" + values.get(name) + "'; allowed is a whole number");
        }
        return (int) value;
    }

    private static boolean truth(Map<String, String> values, String name) {
        String text = values.getOrDefault(name, "");
        if (!text.equals("true") && !text.equals("false")) {
            throw new IllegalArgumentException(name + " is '" + text + "'; allowed is true or false");
        }
        return text.equals("true");
    }

    /** All of them by name, as they stand in JSON. */
    public Map<String, String> values() {
        Map<String, String> values = new LinkedHashMap<>();
        values.put("actions_n", Integer.toString(actions));
        values.put("alpha", plain(alpha));
        values.put("beta", plain(beta));
        values.put("window_size", Integer.toString(window));
        values.put("epsilon_start", plain(epsilonStart));
        values.put("epsilon_min", plain(epsilonMin));
        values.put("epsilon_decay", plain(epsilonDecay));
        values.put("epsilon_decay_enabled", Boolean.toString(epsilonDecays));
        values.put("entry_missing_max_attempts", Integer.toString(missingAttempts));
        return values;
    }

    /** Without an exponent and without zeros that say nothing. */
    private static String plain(double value) {
        if (!Double.isFinite(value)) {
            return Double.toString(value);
        }
        String text = new BigDecimal(Double.toString(value)).toPlainString();
        return text.endsWith(".0") ? text.substring(0, text.length() - 2) : text;
    }
}
