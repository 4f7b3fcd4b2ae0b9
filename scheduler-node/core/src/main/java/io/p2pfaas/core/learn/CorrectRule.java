package io.p2pfaas.core.learn;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Average-reward Sarsa as in the book (Sutton and Barto, "Reinforcement Learning", 2nd edition, 10.3), on entries that
 * follow each other without a gap. A gap is waited for until so many entries have come since the one behind it; then
 * what is before it is dropped, and what is left is looked at anew. Gaps grow old side by side, so that many of them do
 * not make the list grow.
 */
final class CorrectRule implements Rule {
    @Override
    public String key(State state) {
        return state.joined(",");
    }

    @Override
    public double nextAverage(double average, double reward, double beta, double delta) {
        return average + beta * delta;
    }

    @Override
    public int drawnActions(int wanted, int columns) {
        // What the table cannot learn is not tried.
        return columns;
    }

    @Override
    public boolean refusesOld() {
        return true;
    }

    @Override
    public boolean carriesOver() {
        return true;
    }

    @Override
    public boolean asksAgain() {
        return true;
    }

    @Override
    public @Nullable List<Experience> due(
            Pending pending, CallOrder order, LearnerParameters parameters, @Nullable Experience after) {
        while (pending.size() >= parameters.window()) {
            Pending.Waiting behindGap = behindGap(pending, order, parameters, after);
            if (behindGap == null) {
                return pending.take(parameters.window());
            }
            if (pending.waited(behindGap) < parameters.missingAttempts()) {
                return null;
            }
            pending.dropBefore(behindGap.eid());
        }
        return null;
    }

    /** The first entry of the window that must wait for another one. */
    private static Pending.@Nullable Waiting behindGap(
            Pending pending, CallOrder order, LearnerParameters parameters, @Nullable Experience after) {
        Experience before = after;
        int looked = 0;
        for (Pending.Waiting waiting : pending.inOrder()) {
            boolean isBehindGap = before != null && !order.follows(before.eid(), waiting.eid());
            // The first one has nothing before it that could be dropped: once given up, its gap is none.
            boolean givenUp = looked == 0 && pending.waited(waiting) >= parameters.missingAttempts();
            if (isBehindGap && !givenUp) {
                return waiting;
            }
            if (++looked == parameters.window()) {
                return null;
            }
            before = waiting.experience;
        }
        return null;
    }
}
