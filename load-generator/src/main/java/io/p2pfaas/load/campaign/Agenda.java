package io.p2pfaas.load.campaign;

import io.p2pfaas.load.plan.Experiment.RunSpec;
import io.p2pfaas.load.plan.Point;
import io.p2pfaas.load.record.RunResult;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Which runs are still to be done. All points get their first repetition before any gets its second, so that what
 * changes in the surroundings over hours meets all of them, and an experiment that is cut short is even. Any thread.
 */
final class Agenda {
    /** So many failures without a success between them are no accident. */
    private static final int FAILURES_IN_A_ROW = 3;

    /** One repetition of one point. */
    record Run(Point point, int repetition) {}

    private static final class State {
        private final TreeMap<Integer, RunResult> done = new TreeMap<>();
        private final Set<Integer> busy = new HashSet<>();
        private final Set<Integer> failed = new HashSet<>();

        boolean isFree(int repetition) {
            return !done.containsKey(repetition) && !busy.contains(repetition) && !failed.contains(repetition);
        }

        /** pB of the repetitions from 0 on, up to the first gap. */
        List<Double> losses() {
            List<Double> losses = new ArrayList<>();
            for (int repetition = 0; done.containsKey(repetition); repetition++) {
                losses.add(done.get(repetition).pB());
            }
            return losses;
        }
    }

    private final RunSpec spec;
    private final Map<Point, State> states = new LinkedHashMap<>();
    private int running;
    private int failuresInARow;
    private boolean stopped;

    Agenda(RunSpec spec, List<Point> points, List<RunResult> earlier) {
        this.spec = spec;
        points.forEach(point -> states.put(point, new State()));
        for (RunResult result : earlier) {
            State state = states.get(new Point(result.point()));
            if (state != null) {
                state.done.put(result.repetition(), result);
            }
        }
    }

    /** The next run, which the caller must end; waits while that depends on runs under way. Empty: all is done. */
    synchronized Optional<Run> take() throws InterruptedException {
        while (true) {
            Optional<Run> next = stopped ? Optional.empty() : next();
            if (next.isPresent()) {
                state(next.get()).busy.add(next.get().repetition());
                running++;
                return next;
            }
            if (running == 0 || stopped) {
                return Optional.empty();
            }
            wait();
        }
    }

    private Optional<Run> next() {
        int bestRepetition = Integer.MAX_VALUE;
        Point best = null;
        for (Map.Entry<Point, State> entry : states.entrySet()) {
            int repetition = nextOf(entry.getValue());
            if (repetition < bestRepetition) {
                bestRepetition = repetition;
                best = entry.getKey();
            }
        }
        return best == null ? Optional.empty() : Optional.of(new Run(best, bestRepetition));
    }

    /** The lowest repetition that can be run now; the largest integer if there is none. */
    private int nextOf(State state) {
        for (int repetition = 0; repetition < spec.minRepetitions(); repetition++) {
            if (state.isFree(repetition)) {
                return repetition;
            }
        }
        // Whether one more is needed is known when all before it are there.
        List<Double> losses = state.losses();
        boolean known = losses.size() >= spec.minRepetitions() && state.isFree(losses.size());
        return known && !RepetitionRule.isEnough(spec, losses) ? losses.size() : Integer.MAX_VALUE;
    }

    synchronized void onDone(Run run, RunResult result) {
        State state = end(run);
        state.done.put(run.repetition(), result);
        failuresInARow = 0;
    }

    /** The run is not tried again by this agenda. */
    synchronized void onFailed(Run run) {
        end(run).failed.add(run.repetition());
        failuresInARow++;
        stopped |= failuresInARow == FAILURES_IN_A_ROW;
    }

    private State end(Run run) {
        State state = state(run);
        state.busy.remove(run.repetition());
        running--;
        notifyAll();
        return state;
    }

    private State state(Run run) {
        return Objects.requireNonNull(states.get(run.point()), "a point of this agenda");
    }

    /** Hands out nothing more. */
    synchronized void stop() {
        stopped = true;
        notifyAll();
    }

    /** Runs that are needed at least, besides those that are done. */
    synchronized int leastLeft() {
        int left = 0;
        for (State state : states.values()) {
            List<Double> losses = state.losses();
            int missing = 0;
            for (int repetition = 0; repetition < spec.minRepetitions(); repetition++) {
                missing += state.done.containsKey(repetition) || state.failed.contains(repetition) ? 0 : 1;
            }
            boolean oneMore = missing == 0 && state.failed.isEmpty() && !RepetitionRule.isEnough(spec, losses);
            left += missing + (oneMore ? 1 : 0);
        }
        return left;
    }

    /** What is there, point by point in the order of the grid, repetitions in their order. */
    synchronized Map<Point, List<RunResult>> results() {
        Map<Point, List<RunResult>> results = new LinkedHashMap<>();
        states.forEach((point, state) -> results.put(point, List.copyOf(state.done.values())));
        return results;
    }
}
