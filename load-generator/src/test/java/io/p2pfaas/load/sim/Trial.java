package io.p2pfaas.load.sim;

import io.p2pfaas.load.arrivals.ArrivalLaw;
import io.p2pfaas.load.campaign.World;
import io.p2pfaas.load.plan.Experiment;
import io.p2pfaas.load.plan.Experiment.FaultKind;
import io.p2pfaas.load.plan.Experiment.FaultSpec;
import io.p2pfaas.load.plan.Grid;
import io.p2pfaas.load.plan.Point;
import io.p2pfaas.load.plan.ServiceLaw;
import io.p2pfaas.load.record.Interval;
import io.p2pfaas.load.record.Outcome;
import io.p2pfaas.load.record.RunResult;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** A simulated experiment for tests: eight nodes, K=4, rho .9, S = 100 ms, h = .02 S unless told otherwise. */
final class Trial {
    private static final double SERVICE_NANOS = 1e8;

    private final Map<String, String> settings = new LinkedHashMap<>();
    private final List<FaultSpec> faults = new ArrayList<>();
    private ServiceLaw service = new ServiceLaw.Exponential(SERVICE_NANOS);
    private List<Double> rates = List.of();
    private List<Double> speeds = List.of();
    private boolean idempotent = true;
    private Duration coldStart = Duration.ZERO;
    private Duration coldAfter = Duration.ZERO;
    private Experiment.NetworkSpec network = new Experiment.NetworkSpec(Duration.ofMillis(2), Duration.ZERO, 0, 0);
    private List<Experiment.PayloadSpec> payloads = List.of();
    private Duration timeout = Duration.ofSeconds(60);
    private int calls = 200_000;

    private Trial(String scheduler) {
        set(Grid.SCHEDULER, scheduler);
        set(Grid.RHO, "0.9");
        set(Grid.NODES, "8");
        set(Grid.SLOTS, "4");
        set(Grid.QUEUE, "0");
    }

    static Trial of(String scheduler) {
        return new Trial(scheduler);
    }

    Trial set(String axis, Object value) {
        settings.put(axis, String.valueOf(value));
        return this;
    }

    Trial calls(int number) {
        calls = number;
        return this;
    }

    Trial service(ServiceLaw law) {
        service = law;
        return this;
    }

    Trial rates(Double... factors) {
        rates = List.of(factors);
        return this;
    }

    Trial speeds(Double... factors) {
        speeds = List.of(factors);
        return this;
    }

    Trial onlyOnce() {
        idempotent = false;
        return this;
    }

    Trial cold(Duration start, Duration after) {
        coldStart = start;
        coldAfter = after;
        return this;
    }

    Trial network(Duration jitter, double loss, double sampleLoss) {
        network = new Experiment.NetworkSpec(Duration.ofMillis(2), jitter, loss, sampleLoss);
        return this;
    }

    Trial payloads(Experiment.PayloadSpec... classes) {
        payloads = List.of(classes);
        return this;
    }

    Trial timeout(Duration patience) {
        timeout = patience;
        return this;
    }

    Trial fault(long atMillis, FaultKind kind, String target) {
        faults.add(new FaultSpec(Duration.ofMillis(atMillis), kind, target));
        return this;
    }

    Experiment experiment() {
        double perSecond = number(Grid.NODES) * number(Grid.SLOTS) * number(Grid.RHO) * 1e9 / SERVICE_NANOS;
        Duration length = Duration.ofNanos((long) (calls / perSecond * 1e9));
        return new Experiment(
                "trial",
                "",
                new Experiment.ClusterSpec(List.of(), 8, "simulated", 4, 0, List.of(), rates, speeds),
                new Experiment.FunctionSpec("f", "", service, idempotent, coldStart, coldAfter),
                network,
                payloads,
                List.of(),
                new ArrivalLaw.PoissonLaw(),
                new Grid(List.of()),
                new Experiment.RunSpec(Duration.ofSeconds(3), length, Duration.ofSeconds(60), timeout, 1, 1, 0, 11),
                faults,
                List.of());
    }

    private double number(String axis) {
        return Double.parseDouble(settings.getOrDefault(axis, ""));
    }

    Point point() {
        return new Point(settings);
    }

    RunResult run() {
        return run(0, outcome -> {});
    }

    RunResult run(int repetition, Consumer<Outcome> outcomes) {
        try {
            return new SimulatedWorld().run(experiment(), point(), repetition, outcomes);
        } catch (World.RunFailed failed) {
            throw new IllegalArgumentException(failed.getMessage(), failed);
        }
    }

    /** pB over a few repetitions. */
    Interval loss(int repetitions) {
        double[] losses = new double[repetitions];
        for (int i = 0; i < repetitions; i++) {
            losses[i] = run(i, outcome -> {}).pB();
        }
        return Interval.of(losses);
    }

    static long packets(RunResult result, String kind) {
        return result.packets().entrySet().stream()
                .filter(entry -> entry.getKey().startsWith(kind))
                .mapToLong(Map.Entry::getValue)
                .sum();
    }

    static double packetsPerCall(RunResult result) {
        return (double) packets(result, "") / result.arrived();
    }
}
