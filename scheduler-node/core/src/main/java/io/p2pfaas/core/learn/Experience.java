package io.p2pfaas.core.learn;

/**
 * What came of an action: one entry of the list that the learner trains from.
 *
 * @param eid number of the call; entries are trained in its order
 */
public record Experience(long eid, State state, int action, double reward) {
    private static final double LARGEST_REWARD = 1e9;

    /** Whole numbers up to here are exact as decimal numbers. */
    private static final long MAX_EXACT = 1L << 53;

    public Experience {
        if (eid < 0) {
            throw new IllegalArgumentException("eid is " + eid + "; allowed is a whole number from 0");
        }
        if (action < 0) {
            throw new IllegalArgumentException("action is " + action + "; allowed is a whole number from 0");
        }
        if (!(Math.abs(reward) <= LARGEST_REWARD)) {
            throw new IllegalArgumentException("reward is " + reward + "; allowed is a number from -1e9 to 1e9");
        }
    }

    /**
     * Reads one; the exception says name, value and what is allowed. Clients send an action back as they got it,
     * {@code 1.000000}.
     */
    public static Experience parse(String eid, String state, String action, String reward) {
        return new Experience(
                whole("eid", eid, MAX_EXACT),
                State.parse(state),
                (int) whole("action", action, Integer.MAX_VALUE),
                number("reward", reward));
    }

    private static double number(String name, String text) {
        try {
            return Double.parseDouble(text);
        } catch (NumberFormatException notANumber) {
            throw new IllegalArgumentException(name + " is '" + text + "'; allowed is a number", notANumber);
        }
    }

    private static long whole(String name, String text, long max) {
        double value = number(name, text);
        if (value != Math.rint(value) || value < 0 || value > max) {
            throw new IllegalArgumentException(name + " is '" + text + "'; allowed is a whole number from 0 to " + max);
        }
        return (long) value;
    }
}
