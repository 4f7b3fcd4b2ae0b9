package io.p2pfaas.core.learn;

/**
 * What came of an action: one entry of the list that the learner trains from.
 *
 * @param eid number of the call; entries are trained in its order
 */
public record Experience(long eid, State state, int action, double reward) {
    private static final double LARGEST_REWARD = 1e9;

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
}
