package io.p2pfaas.load.cli;

import io.p2pfaas.core.policy.NoScheduler;
import io.p2pfaas.core.policy.PolicyCatalogue;
import io.p2pfaas.core.policy.PolicySpec;
import io.p2pfaas.core.policy.SchedulingPolicy;
import io.p2pfaas.load.arrivals.ArrivalLaw;
import io.p2pfaas.load.campaign.PlannedLoad;
import io.p2pfaas.load.plan.Experiment;
import io.p2pfaas.load.plan.Grid;
import io.p2pfaas.load.plan.Point;
import io.p2pfaas.load.plan.ServiceLaw;
import io.p2pfaas.load.theory.LossQueue;
import org.jspecify.annotations.Nullable;

/** What theory says of a point; NaN where it has no formula for what the experiment is. */
final class PointTheory {
    private final Experiment experiment;
    private final PlannedLoad load;
    private final @Nullable SchedulingPolicy policy;
    private final int queue;

    PointTheory(Experiment experiment, Point point) {
        this.experiment = experiment;
        this.load = PlannedLoad.of(experiment, point);
        this.policy = policy(PolicySpec.parse(point.get(Grid.SCHEDULER, "NoScheduler")));
        // NoScheduler(true) rejects where others let a call wait.
        this.queue = policy instanceof NoScheduler alone && alone.loss() ? 0 : load.queue();
    }

    /** Null for a plug-in's, of which theory knows nothing. */
    private static @Nullable SchedulingPolicy policy(PolicySpec spec) {
        PolicyCatalogue catalogue = PolicyCatalogue.standard();
        return catalogue.names().contains(spec.name()) ? catalogue.create(spec) : null;
    }

    private boolean hasFormula() {
        boolean plain = experiment.arrivals() instanceof ArrivalLaw.PoissonLaw
                && experiment.faults().isEmpty()
                && experiment.function().coldStart().isZero()
                && experiment.cluster().speeds().stream().allMatch(speed -> speed == 1);
        return plain && (queue == 0 || experiment.function().service() instanceof ServiceLaw.Exponential);
    }

    private double erlang(double perSecond) {
        return perSecond * experiment.function().service().meanNanos() / 1e9;
    }

    /** pB where no node shares: the mean over nodes, by their share of the calls. */
    double single() {
        if (!hasFormula() || !(policy instanceof NoScheduler)) {
            return Double.NaN;
        }
        double lost = 0;
        double came = 0;
        for (double rate : load.rates()) {
            came += rate;
            lost += rate == 0
                    ? 0
                    : rate * LossQueue.of(load.slots(), queue, erlang(rate)).loss();
        }
        return lost / came;
    }

    /** pB of all nodes as one. */
    double pooled() {
        long states = (long) load.nodes() * (load.slots() + queue);
        if (!hasFormula() || states > LossQueue.MAX_STATES) {
            return Double.NaN;
        }
        double perSecond =
                load.rates().stream().mapToDouble(Double::doubleValue).sum();
        return LossQueue.of(load.nodes() * load.slots(), load.nodes() * queue, erlang(perSecond))
                .loss();
    }
}
