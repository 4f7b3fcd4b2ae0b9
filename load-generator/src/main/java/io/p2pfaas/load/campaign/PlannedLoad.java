package io.p2pfaas.load.campaign;

import io.p2pfaas.load.arrivals.ArrivalProcess;
import io.p2pfaas.load.arrivals.Schedule;
import io.p2pfaas.load.plan.Experiment;
import io.p2pfaas.load.plan.Experiment.RunSpec;
import io.p2pfaas.load.plan.Grid;
import io.p2pfaas.load.plan.Point;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The load of one point in numbers.
 *
 * @param slots K of each node
 * @param queue Q of each node
 * @param rates by node, in calls per second, as the grid says; what a law makes of it may differ, see {@link #arrivals}
 */
public record PlannedLoad(int nodes, int slots, int queue, List<Double> rates) {
    public PlannedLoad {
        rates = List.copyOf(rates);
    }

    /** The load of a point of an experiment. */
    public static PlannedLoad of(Experiment experiment, Point point) {
        Experiment.ClusterSpec cluster = experiment.cluster();
        int nodes = Integer.parseInt(point.get(Grid.NODES, Integer.toString(cluster.launch())));
        int slots = Integer.parseInt(point.get(Grid.SLOTS, Integer.toString(cluster.slots())));
        int queue = Integer.parseInt(point.get(Grid.QUEUE, Integer.toString(cluster.queue())));
        double serviceSeconds = experiment.function().service().meanNanos() / 1e9;
        double perNode = point.settings().containsKey(Grid.LAMBDA)
                ? Double.parseDouble(point.get(Grid.LAMBDA, ""))
                : Double.parseDouble(point.get(Grid.RHO, "")) * slots / serviceSeconds;
        List<Double> factors = cluster.rates();
        List<Double> rates = new ArrayList<>(nodes);
        for (int node = 0; node < nodes; node++) {
            rates.add(perNode * (factors.isEmpty() ? 1 : factors.get(node % factors.size())));
        }
        return new PlannedLoad(nodes, slots, queue, rates);
    }

    /** How calls come to a node; empty if none do. */
    public Optional<ArrivalProcess> arrivals(Experiment experiment, int node) {
        double rate = rates.get(node);
        return rate == 0 ? Optional.empty() : Optional.of(experiment.arrivals().at(rate, node));
    }

    /** Calls per second over all nodes that the law really makes, on average over a long time. */
    public double offeredPerSecond(Experiment experiment) {
        double sum = 0;
        for (int node = 0; node < nodes; node++) {
            sum += arrivals(experiment, node).map(ArrivalProcess::ratePerSecond).orElse(0.0);
        }
        return sum;
    }

    /**
     * The instants at which calls come to a node in a repetition, warm-up included.
     *
     * @throws IllegalArgumentException if there are more than a schedule can hold
     */
    public Optional<Schedule> schedule(Experiment experiment, int repetition, int node) {
        RunSpec run = experiment.run();
        long seed = Seeds.stream(Seeds.repetition(run.seed(), repetition), Seeds.Use.ARRIVALS, node);
        return arrivals(experiment, node)
                .map(process -> Schedule.draw(process, run.warmup().plus(run.duration()), seed));
    }
}
