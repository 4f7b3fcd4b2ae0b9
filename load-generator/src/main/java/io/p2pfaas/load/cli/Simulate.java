package io.p2pfaas.load.cli;

import io.p2pfaas.load.arrivals.ArrivalLaw;
import io.p2pfaas.load.campaign.World;
import io.p2pfaas.load.plan.Experiment;
import io.p2pfaas.load.plan.Experiment.ClusterSpec;
import io.p2pfaas.load.plan.Experiment.FunctionSpec;
import io.p2pfaas.load.plan.Experiment.NetworkSpec;
import io.p2pfaas.load.plan.Experiment.RunSpec;
import io.p2pfaas.load.plan.Experiment.Setting;
import io.p2pfaas.load.plan.Grid;
import io.p2pfaas.load.plan.Grid.Axis;
import io.p2pfaas.load.plan.Point;
import io.p2pfaas.load.plan.ServiceLaw;
import io.p2pfaas.load.record.EndState;
import io.p2pfaas.load.record.RunResult;
import io.p2pfaas.load.sim.SimulatedWorld;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code lab simulate}: points in virtual time, all given on the command line, one line each. */
@Command(
        name = "simulate",
        sortOptions = false,
        description = {
            "Simulates a cluster: the nodes' own brains and schedulers in virtual time. One line per point, times in"
                    + " mean service times; the half width is that of the 95 %% interval over the repetitions.",
            "Flags marked * take lists (a,b or the flag repeated); all combinations are simulated."
        },
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {"0:it ran", "1:it failed", "2:bad usage"})
final class Simulate implements Callable<Integer> {
    private static final double NANOS_PER_SECOND = 1e9;
    /** Longer than a cluster takes to forget that it was empty; and a twentieth of a long measurement. */
    private static final double WARMUP_SERVICE_TIMES = 20;

    private static final double WARMUP_SHARE = 0.05;
    private static final double DRAIN_SERVICE_TIMES = 10_000;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(
            names = "--fault",
            paramLabel = "TIME,KIND,TARGET",
            description = "Something breaks or is mended, such as 60s,kill,n3 or 70s,start,broker; kinds: kill, start,"
                    + " pause, resume; time from the start of the measurement. May be repeated. Calls that end"
                    + " neither answered nor rejected are counted on standard error.")
    private List<String> faults = List.of();

    @Option(names = "--once", description = "Calls must not run twice: one that dies with its node has failed.")
    private boolean once;

    private enum Format {
        csv,
        table
    }

    private enum Deal {
        round_robin,
        random
    }

    @Option(names = "--nodes", defaultValue = "8", paramLabel = "N", description = "* Nodes (${DEFAULT-VALUE}).")
    private List<String> nodes = List.of();

    @Option(
            names = "--slots",
            defaultValue = "4",
            paramLabel = "K",
            description = "Calls that a node runs at once (${DEFAULT-VALUE}).")
    private int slots;

    @Option(
            names = "--queue",
            defaultValue = "0",
            paramLabel = "Q",
            description = "* Calls that may wait at a node (${DEFAULT-VALUE}).")
    private List<String> queues = List.of();

    @Option(
            names = "--rho",
            defaultValue = "0.9",
            paramLabel = "RHO",
            description = "* Offered load per slot (${DEFAULT-VALUE}).")
    private List<String> rhos = List.of();

    @Option(
            names = "--rates",
            defaultValue = "",
            paramLabel = "FACTORS",
            description = "Factors on the arrival rate node by node, such as 1.4x4,0.4x4.")
    private String rates = "";

    @Option(
            names = "--speeds",
            defaultValue = "",
            paramLabel = "FACTORS",
            description = "Factors on the speed node by node.")
    private String speeds = "";

    @Option(
            names = "--scheduler",
            defaultValue = "BrokerMatch",
            paramLabel = "NAME",
            description = "* Scheduler, with parameters if it has any: PowerOfNScheduler(1,3,true,1).")
    private List<String> schedulers = List.of();

    @Mixin
    private PluginFolder plugins = new PluginFolder();

    @Option(
            names = "--service",
            defaultValue = "exp",
            paramLabel = "LAW",
            description = "Service times: " + ServiceText.FORMS + " (${DEFAULT-VALUE}).")
    private String service = "";

    @Option(
            names = "--service-mean",
            defaultValue = "100ms",
            converter = DurationText.class,
            paramLabel = "TIME",
            description = "S in real time: the nodes' own timers are real times too (${DEFAULT-VALUE}).")
    private Duration serviceMean = Duration.ZERO;

    @Option(
            names = "--delay",
            defaultValue = "0.02",
            paramLabel = "H",
            description = "* One way from node to node, broker included, in S or with a unit (${DEFAULT-VALUE}).")
    private List<String> delays = List.of();

    @Option(
            names = "--jitter",
            defaultValue = "0s",
            converter = DurationText.class,
            paramLabel = "TIME",
            description = "Uniform from 0 to this, added to the delay of each message (${DEFAULT-VALUE}).")
    private Duration jitter = Duration.ZERO;

    @Option(
            names = "--sample-loss",
            defaultValue = "0",
            paramLabel = "SHARE",
            description = "Load samples that a receiver misses (${DEFAULT-VALUE}).")
    private double sampleLoss;

    @Option(
            names = "--deal",
            defaultValue = "round_robin",
            paramLabel = "ORDER",
            description = "How the broker deals to a group: ${COMPLETION-CANDIDATES} (${DEFAULT-VALUE}).")
    private Deal deal = Deal.round_robin;

    @Option(
            names = "--calls",
            defaultValue = "400000",
            paramLabel = "N",
            description = "Calls per repetition, on average (${DEFAULT-VALUE}).")
    private long calls;

    @Option(
            names = "--reps",
            defaultValue = "5",
            paramLabel = "N",
            description = "Independent repetitions (${DEFAULT-VALUE}).")
    private int reps;

    @Option(
            names = "--seed",
            defaultValue = "1",
            paramLabel = "N",
            description = "Same seed, same numbers (${DEFAULT-VALUE}).")
    private long seed;

    @Option(
            names = "--threads",
            paramLabel = "N",
            description = "Runs at once; the numbers do not depend on it (as many as there are processors).")
    private int threads = Runtime.getRuntime().availableProcessors();

    @Option(
            names = "--format",
            defaultValue = "table",
            paramLabel = "FORMAT",
            description = "One of ${COMPLETION-CANDIDATES} (${DEFAULT-VALUE}).")
    private Format format = Format.table;

    @Option(
            names = "--set",
            paramLabel = "KEY=VALUE",
            description = "A setting of the nodes, for example learner.deadline=300ms; may be repeated.")
    private Map<String, String> set = new LinkedHashMap<>();

    @Option(names = "--time", hidden = true, description = "Says on standard error how fast each point was.")
    private boolean time;

    @Override
    public Integer call() throws Exception {
        List<SimulationPool.Task> tasks;
        try {
            requirePositive("--calls", calls);
            requirePositive("--reps", reps);
            requirePositive("--threads", threads);
            requirePositive("--slots", slots);
            tasks = tasks();
        } catch (IllegalArgumentException invalid) {
            throw new ParameterException(spec.commandLine(), String.valueOf(invalid.getMessage()), invalid);
        }
        PrintWriter out = spec.commandLine().getOut();
        PrintWriter err = spec.commandLine().getErr();
        SimulationLines lines = new SimulationLines(out, format == Format.csv);
        SimulationPool pool = new SimulationPool(
                new SimulatedWorld(plugins.catalogue(spec), fault -> err.println("warning: " + fault)),
                threads,
                err,
                System::nanoTime);
        try {
            pool.run(tasks, reps, results -> {
                lines.print(SimulationRow.of(settings(results.get(0)), results));
                String failures = failuresIn(results);
                if (!failures.isEmpty()) {
                    err.println(new Point(results.get(0).point()) + ": " + failures);
                }
                if (time) {
                    err.println(speedOf(results));
                }
            });
        } catch (World.RunFailed impossible) {
            throw new ParameterException(spec.commandLine(), String.valueOf(impossible.getMessage()), impossible);
        }
        lines.end();
        return 0;
    }

    private List<SimulationPool.Task> tasks() {
        ServiceLaw law = ServiceText.parse(service, (double) serviceMean.toNanos());
        Grid grid = new Grid(List.of(
                new Axis(Grid.SCHEDULER, ListText.split(schedulers)),
                new Axis(Grid.NODES, ListText.split(nodes)),
                new Axis(Grid.QUEUE, ListText.split(queues)),
                new Axis(Grid.RHO, ListText.split(rhos)),
                new Axis(Grid.DELAY, ListText.split(delays))));
        List<SimulationPool.Task> tasks = new ArrayList<>();
        for (Point point : grid.points()) {
            tasks.add(new SimulationPool.Task(experiment(law, grid, point), point));
        }
        return tasks;
    }

    /** As long as it takes for so many calls to come. */
    private Experiment experiment(ServiceLaw law, Grid grid, Point point) {
        List<Double> factors = ListText.factors("--rates", rates);
        double meanFactor =
                factors.stream().mapToDouble(Double::doubleValue).average().orElse(1);
        double perServiceTime = number(point, Grid.NODES) * slots * number(point, Grid.RHO) * meanFactor;
        double measured = calls / perServiceTime;
        double serviceNanos = law.meanNanos();
        RunSpec run = new RunSpec(
                nanos(Math.max(WARMUP_SERVICE_TIMES, WARMUP_SHARE * measured) * serviceNanos),
                nanos(measured * serviceNanos),
                nanos(DRAIN_SERVICE_TIMES * serviceNanos),
                nanos(DRAIN_SERVICE_TIMES * serviceNanos),
                reps,
                reps,
                0,
                seed);
        return new Experiment(
                "simulate",
                "",
                new ClusterSpec(
                        List.of(), 1, "simulated", slots, 0, settings(), factors, ListText.factors("--speeds", speeds)),
                new FunctionSpec("f", "", law, !once, Duration.ZERO, Duration.ZERO),
                new NetworkSpec(Duration.ZERO, jitter, 0, sampleLoss),
                List.of(),
                List.of(),
                new ArrivalLaw.PoissonLaw(),
                grid,
                run,
                faults.stream().map(FaultText::parse).toList(),
                List.of());
    }

    private List<Setting> settings() {
        List<Setting> settings = new ArrayList<>();
        settings.add(new Setting("broker-deal", deal.name().replace('_', '-')));
        // Callers wait as long as it takes.
        settings.add(new Setting("call.timeout", String.valueOf((long) DRAIN_SERVICE_TIMES)));
        set.forEach((key, value) -> settings.add(new Setting(key, value)));
        return settings;
    }

    private static double number(Point point, String axis) {
        String text = point.get(axis, "");
        try {
            double value = Double.parseDouble(text);
            if (value > 0 && value < NANOS_PER_SECOND) {
                return value;
            }
        } catch (NumberFormatException ignored) {
            // Answered below, as for numbers out of range.
        }
        throw new IllegalArgumentException("--" + axis + " is '" + text + "', allowed is a number above 0");
    }

    private static Duration nanos(double nanos) {
        if (nanos > Long.MAX_VALUE / 4.0) {
            throw new IllegalArgumentException("so many calls take longer than virtual time has room for");
        }
        return Duration.ofNanos((long) nanos);
    }

    private static void requirePositive(String flag, long value) {
        if (value < 1 || value > 1_000_000_000) {
            throw new IllegalArgumentException(flag + " is " + value + ", allowed is 1 to 1000000000");
        }
    }

    private List<String> settings(RunResult result) {
        return List.of(
                result.point().getOrDefault(Grid.SCHEDULER, ""),
                result.point().getOrDefault(Grid.NODES, ""),
                String.valueOf(slots),
                result.point().getOrDefault(Grid.QUEUE, ""),
                service,
                result.point().getOrDefault(Grid.RHO, ""),
                result.point().getOrDefault(Grid.DELAY, ""),
                String.valueOf(calls),
                String.valueOf(reps));
    }

    /** Calls that ended neither answered nor rejected, which no column shows. */
    private static String failuresIn(List<RunResult> results) {
        StringBuilder text = new StringBuilder();
        for (EndState state : EndState.values()) {
            long count =
                    results.stream().mapToLong(result -> result.ended(state)).sum();
            if (count > 0 && state != EndState.OK && state != EndState.REJECTED) {
                text.append(text.length() == 0 ? "" : ", ")
                        .append(state.label())
                        .append(": ")
                        .append(count);
            }
        }
        return text.toString();
    }

    private static String speedOf(List<RunResult> results) {
        double wall = results.stream().mapToDouble(RunResult::wallSeconds).sum();
        long arrived = results.stream().mapToLong(RunResult::arrived).sum();
        RunResult last = results.get(results.size() - 1);
        return String.format(
                Locale.ROOT,
                "%s: %,.0f measured calls per second and core over all repetitions, %,.0f in the last",
                new Point(last.point()),
                arrived / wall,
                last.arrived() / last.wallSeconds());
    }
}
