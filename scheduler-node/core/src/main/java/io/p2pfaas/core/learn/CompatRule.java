package io.p2pfaas.core.learn;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * P2PFaaS's learner 0.0.1b, faults included, for comparisons: states share a row if their digits are the same one after
 * the other, the average forgets itself with each transition, transitions between windows are lost, entries behind a gap
 * are trained with whatever follows. Where the original's trainer dies, entries wait (too few are left after a skip) or
 * are refused (an action that the table does not have).
 */
final class CompatRule implements Rule {
    @Override
    public String key(State state) {
        return state.joined("");
    }

    @Override
    public double nextAverage(double average, double reward, double beta, double delta) {
        return reward + beta * delta;
    }

    @Override
    public int drawnActions(int wanted, int columns) {
        return wanted;
    }

    @Override
    public boolean refusesOld() {
        return false;
    }

    @Override
    public boolean carriesOver() {
        return false;
    }

    @Override
    public boolean asksAgain() {
        return false;
    }

    @Override
    public @Nullable List<Experience> due(
            Pending pending, CallOrder order, LearnerParameters parameters, @Nullable Experience after) {
        if (pending.size() < parameters.window()) {
            return null;
        }
        Pending.Waiting behindGap = behindGap(pending, parameters.window());
        if (behindGap == null) {
            return pending.take(parameters.window());
        }
        boolean isNew = ++behindGap.attempts == 1;
        if (isNew || behindGap.attempts < parameters.missingAttempts()) {
            return null;
        }
        pending.dropBefore(behindGap.eid());
        return pending.take(parameters.window());
    }

    private static Pending.@Nullable Waiting behindGap(Pending pending, int window) {
        long expected = -1;
        int looked = 0;
        for (Pending.Waiting waiting : pending.inOrder()) {
            if (looked > 0 && waiting.eid() != expected) {
                return waiting;
            }
            if (++looked == window) {
                return null;
            }
            expected = waiting.eid() + 1;
        }
        return null;
    }
}
