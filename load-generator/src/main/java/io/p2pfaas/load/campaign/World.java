package io.p2pfaas.load.campaign;

import io.p2pfaas.load.plan.Experiment;
import io.p2pfaas.load.plan.Point;
import io.p2pfaas.load.record.Outcome;
import io.p2pfaas.load.record.RunResult;
import java.util.function.Consumer;

/** Something that can carry out one repetition of one point: the simulator, or real nodes. */
public interface World {
    /** Which one this is. */
    RunResult.World name();

    /**
     * Runs to the end, on the calling thread.
     *
     * @param repetition from 0; with the experiment's seed it determines all chance, whatever the scheduler
     * @param outcomes told every call of warm-up and measurement as it ends; may be told from one other thread
     * @throws RunFailed if the run could not take place; the message is for people
     */
    RunResult run(Experiment experiment, Point point, int repetition, Consumer<Outcome> outcomes) throws RunFailed;

    /** The run could not take place, or was cut short. */
    final class RunFailed extends Exception {
        private static final long serialVersionUID = 1;

        public RunFailed(String message) {
            super(message);
        }

        public RunFailed(String message, Throwable cause) {
            super(message, cause);
        }
    }
}
