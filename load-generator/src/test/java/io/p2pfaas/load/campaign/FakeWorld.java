package io.p2pfaas.load.campaign;

import io.p2pfaas.load.plan.Experiment;
import io.p2pfaas.load.plan.Grid;
import io.p2pfaas.load.plan.Point;
import io.p2pfaas.load.record.EndState;
import io.p2pfaas.load.record.Executor;
import io.p2pfaas.load.record.HistogramText;
import io.p2pfaas.load.record.Outcome;
import io.p2pfaas.load.record.RunResult;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.HdrHistogram.Histogram;

/**
 * A world in which every call is lost with a probability of 0.1, or of 0.3 for {@code NoScheduler}; by the seeds, as in
 * every world. Knows nothing of time.
 */
public final class FakeWorld implements World {
    static final int CALLS = 1_000;

    private final Consumer<Point> before;

    /** A world that nothing happens in between. */
    public FakeWorld() {
        this(point -> {});
    }

    /** @param before told the point before each run; a message in an IllegalStateException makes the run fail */
    public FakeWorld(Consumer<Point> before) {
        this.before = before;
    }

    @Override
    public RunResult.World name() {
        return RunResult.World.SIMULATED;
    }

    @Override
    public RunResult run(Experiment experiment, Point point, int repetition, Consumer<Outcome> outcomes)
            throws RunFailed {
        try {
            before.accept(point);
        } catch (IllegalStateException unlucky) {
            throw new RunFailed(String.valueOf(unlucky.getMessage()), unlucky);
        }
        long seed = Seeds.repetition(experiment.run().seed(), repetition);
        RandomGenerator random = Seeds.generator(Seeds.stream(seed, Seeds.Use.SERVICE, 0));
        double loss = point.get(Grid.SCHEDULER, "").equals("NoScheduler") ? 0.3 : 0.1;
        Histogram latency = new Histogram(3);
        long rejected = 0;
        for (int call = 0; call < CALLS; call++) {
            boolean lost = random.nextDouble() < loss;
            long due = call * 1_000_000L;
            long end = due + 50_000_000 + random.nextInt(50_000_000);
            rejected += lost ? 1 : 0;
            if (!lost) {
                latency.recordValue(end - due);
            }
            outcomes.accept(new Outcome.Answered(
                    call,
                    due,
                    due,
                    end,
                    lost ? 500 : 200,
                    lost ? OptionalInt.of(400) : OptionalInt.empty(),
                    Executor.LOCAL));
        }
        return new RunResult(
                name(),
                point.settings(),
                repetition,
                seed,
                1,
                1_000_000_000,
                1e8,
                CALLS,
                // Map.of has another order in every process, and results of two of them are compared line by line.
                new EnumMap<>(Map.of(EndState.OK, CALLS - rejected, EndState.REJECTED, rejected)),
                Map.of("no_slot", rejected),
                0,
                HistogramText.of(latency),
                "",
                List.of(List.of(CALLS - rejected)),
                List.of(new RunResult.NodeTally("n1", CALLS, rejected, CALLS - rejected)),
                Map.of("forwards", 500L),
                List.of(),
                "",
                0.5);
    }
}
