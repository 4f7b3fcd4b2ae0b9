package io.p2pfaas.core.learn;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Where the correct learner and that of P2PFaaS differ. */
interface Rule {
    /** The rule for these settings. */
    static Rule of(boolean compat) {
        return compat ? new CompatRule() : new CorrectRule();
    }

    /** Under which name the table knows a state. */
    String key(State state);

    /** The average reward after a transition. */
    double nextAverage(double average, double reward, double beta, double delta);

    /** How many actions are drawn from. */
    int drawnActions(int wanted, int columns);

    /** Whether entries are refused whose eid, or a later one, was trained. */
    boolean refusesOld();

    /** Whether the last entry of a window and the first of the next make a transition too. */
    boolean carriesOver();

    /** Whether it is asked again after a window, until there is none. */
    boolean asksAgain();

    /**
     * The next window to train, taken out of {@code pending}, or null. Asked after each entry that came.
     *
     * @param after the last entry that was trained; null if there is none
     */
    @Nullable
    List<Experience> due(Pending pending, CallOrder order, LearnerParameters parameters, @Nullable Experience after);
}
