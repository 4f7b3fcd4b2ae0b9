package io.p2pfaas.load.sim;

import io.p2pfaas.core.learn.LearnerSettings;
import io.p2pfaas.core.policy.PolicyCatalogue;
import io.p2pfaas.load.campaign.World;
import io.p2pfaas.load.plan.Experiment;
import io.p2pfaas.load.plan.Point;
import io.p2pfaas.load.record.Outcome;
import io.p2pfaas.load.record.RunResult;
import java.util.function.Consumer;

/**
 * Runs experiments in virtual time: real brains and policies, modelled network, broker, service times and faults. What
 * the models are, and what they leave out, is in docs/lab/simulator.md.
 *
 * <p>The same experiment, point and repetition give the same result and the same outcomes, on every machine and JDK,
 * {@link RunResult#wallSeconds} apart. Its schedulers apart it has no state: may be used from any number of threads at once.
 */
public final class SimulatedWorld implements World {
    private static final double NANOS_PER_SECOND = 1e9;

    private final PolicyCatalogue catalogue;
    private final Consumer<String> faults;

    /** With the schedulers of this project. */
    public SimulatedWorld() {
        this(PolicyCatalogue.standard(), fault -> {});
    }

    /**
     * With these schedulers.
     *
     * @param faults told in a sentence what a scheduler did wrong in a run, by any thread
     */
    public SimulatedWorld(PolicyCatalogue catalogue, Consumer<String> faults) {
        this.catalogue = catalogue;
        this.faults = faults;
    }

    @Override
    public RunResult.World name() {
        return RunResult.World.SIMULATED;
    }

    @Override
    public RunResult run(Experiment experiment, Point point, int repetition, Consumer<Outcome> outcomes)
            throws RunFailed {
        long startNanos = System.nanoTime();
        Setup setup;
        LearnerSettings learning;
        try {
            setup = SetupReader.read(experiment, point, repetition, catalogue);
            learning = SetupReader.learning(experiment, point, catalogue);
        } catch (IllegalArgumentException invalid) {
            throw new RunFailed(point + ": " + invalid.getMessage(), invalid);
        }
        Simulation simulation = new Simulation(setup, Mind.brain(learning), outcomes);
        simulation.run();
        simulation.cluster().books().policyFaults().tell(point + ", repetition " + repetition, faults);
        return simulation.result(point.settings(), repetition, (System.nanoTime() - startNanos) / NANOS_PER_SECOND);
    }
}
