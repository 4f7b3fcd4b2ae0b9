package io.p2pfaas.load.report;

import io.p2pfaas.load.campaign.Seeds;
import io.p2pfaas.load.record.EndState;
import io.p2pfaas.load.record.HistogramText;
import io.p2pfaas.load.record.RunResult;
import io.p2pfaas.load.record.RunResult.NodeTally;
import io.p2pfaas.load.record.RunResult.Second;
import io.p2pfaas.load.record.RunResultJson;
import io.p2pfaas.load.record.Runs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.HdrHistogram.Histogram;

/** Result folders with made-up numbers of a plausible shape, the same at each call. */
public final class SampleFolder {
    public static final List<String> SCHEDULERS =
            List.of("NoScheduler", "PowerOfNScheduler(1,3,true,1)", "LeastLoadedSpill", "BrokerMatch");

    private static final double SERVICE_NANOS = 1e8;
    private static final long CALLS = 20_000;
    private static final int SECONDS = 60;
    private static final int SLOTS = 4;

    private final RunResult.World world;
    private final List<String> schedulers;
    private final List<String> loads;
    private final List<String> queues;
    private final int nodes;
    private final int repetitions;
    private final double worse;

    private SampleFolder(
            RunResult.World world,
            List<String> schedulers,
            List<String> loads,
            List<String> queues,
            int nodes,
            int repetitions,
            double worse) {
        this.world = world;
        this.schedulers = schedulers;
        this.loads = loads;
        this.queues = queues;
        this.nodes = nodes;
        this.repetitions = repetitions;
        this.worse = worse;
    }

    /** A small grid of eight nodes. */
    public static SampleFolder of(RunResult.World world) {
        return new SampleFolder(
                world, SCHEDULERS, List.of("0.5", "0.6", "0.7", "0.8", "0.9", "1.0"), List.of("0", "4"), 8, 5, 1);
    }

    public SampleFolder withSchedulers(String... names) {
        return new SampleFolder(world, List.of(names), loads, queues, nodes, repetitions, worse);
    }

    public SampleFolder withLoads(String... rhos) {
        return new SampleFolder(world, schedulers, List.of(rhos), queues, nodes, repetitions, worse);
    }

    public SampleFolder withRepetitions(int count) {
        return new SampleFolder(world, schedulers, loads, queues, nodes, count, worse);
    }

    public SampleFolder withNodes(int count) {
        return new SampleFolder(world, schedulers, loads, queues, count, repetitions, worse);
    }

    /** All losses so much larger; the same chance otherwise. */
    public SampleFolder worseBy(double factor) {
        return new SampleFolder(world, schedulers, loads, queues, nodes, repetitions, factor);
    }

    /** Writes it and returns the folder. */
    public Path write(Path folder) throws IOException {
        Files.createDirectories(folder);
        StringBuilder lines = new StringBuilder();
        results().forEach(run -> lines.append(RunResultJson.line(run)).append('\n'));
        Files.writeString(folder.resolve(Runs.FILE), lines);
        Files.writeString(folder.resolve("experiment.yaml"), experiment());
        Files.writeString(
                folder.resolve("provenance.json"),
                "{\"lab\":\"0.1.0\",\"commit\":\"0123abc\",\"world\":\"%s\",\"machine\":{\"cores\":2,\"os\":\"Linux\"}}"
                        .formatted(world));
        return folder;
    }

    private String experiment() {
        StringBuilder names = new StringBuilder();
        schedulers.forEach(
                name -> names.append("    - '").append(name.replace("'", "''")).append("'\n"));
        return "name: overflow-8\ndescription: Loss against load, with and without a queue.\n"
                + "function: {service: {law: exponential, mean: 100ms}}\ncluster:\n  launch: 8\n  slots: " + SLOTS
                + "\nrun: {warmup: 0s}\ngrid:\n  scheduler:\n" + names + "  rho: "
                + loads + "\n  queue: " + queues + "\n";
    }

    /** In the order of the grid. */
    public List<RunResult> results() {
        List<RunResult> results = new ArrayList<>();
        for (String scheduler : schedulers) {
            for (String rho : loads) {
                for (String queue : queues) {
                    for (int repetition = 0; repetition < repetitions; repetition++) {
                        Map<String, String> point = new LinkedHashMap<>();
                        point.put("scheduler", scheduler);
                        point.put("rho", rho);
                        point.put("queue", queue);
                        results.add(result(point, repetition));
                    }
                }
            }
        }
        return results;
    }

    private RunResult result(Map<String, String> point, int repetition) {
        int kind = Math.max(0, SCHEDULERS.indexOf(point.get("scheduler")));
        double rho = Double.parseDouble(point.getOrDefault("rho", "0.9"));
        int queue = Integer.parseInt(point.getOrDefault("queue", "0"));
        // Arrivals belong to the repetition, what happens to them to the point.
        RandomGenerator common = Seeds.generator(repetition * 31L + Math.round(rho * 1000));
        RandomGenerator own = Seeds.generator(
                repetition * 31L + point.toString().hashCode() + (world == RunResult.World.LIVE ? 7 : 0));
        double pooled = kind == 0 ? 1 : kind == 1 ? 2 : kind == 2 ? 4 : nodes;
        double loss = loss((int) (SLOTS * pooled), (int) ((SLOTS + queue) * pooled), rho);
        loss = Math.min(0.9, loss * worse * (1 + 0.08 * common.nextGaussian() + 0.02 * own.nextGaussian()));
        long arrived = CALLS + Math.round(common.nextGaussian() * 100);
        long rejected = Math.max(0, Math.round(arrived * loss));
        long timeouts = world == RunResult.World.LIVE && rho > 0.95 ? 3 : 0;
        long ok = arrived - rejected - timeouts;
        List<List<Long>> matrix = matrix(ok, kind, rho, own);
        Map<EndState, Long> ends = new LinkedHashMap<>();
        ends.put(EndState.OK, ok);
        ends.put(EndState.REJECTED, rejected);
        ends.put(EndState.TIMEOUT, timeouts);
        return new RunResult(
                world,
                point,
                repetition,
                Seeds.repetition(1, repetition),
                nodes,
                SECONDS * 1_000_000_000L,
                SERVICE_NANOS,
                arrived,
                ends,
                Map.of("no_slot", rejected),
                0,
                HistogramText.of(times(1_000, SERVICE_NANOS * (1 + queue * rho * rho / 4) + kind * 1e6, own)),
                kind < 2 ? "" : HistogramText.of(times(500, 2e7 * kind, own)),
                matrix,
                tallies(matrix, arrived, rejected, own),
                kind == 0 ? Map.of() : Map.of("forwards", 2 * arrived, "samples", (long) (arrived * kind * rho)),
                seconds(arrived, rejected, own),
                world == RunResult.World.LIVE ? HistogramText.of(times(500, 2e5, own)) : "",
                world == RunResult.World.LIVE ? 70 : 0.5);
    }

    /** M/M/c/n, by its recursion. */
    static double loss(int slots, int places, double rho) {
        double weight = 1;
        double sum = 1;
        for (int calls = 1; calls <= places; calls++) {
            weight *= rho * slots / Math.min(calls, slots);
            sum += weight;
        }
        return weight / sum;
    }

    private static Histogram times(int count, double mean, RandomGenerator random) {
        Histogram times = new Histogram(2);
        for (int i = 0; i < count; i++) {
            times.recordValue(Math.round(-Math.log(1 - random.nextDouble()) * mean + 2e5));
        }
        return times;
    }

    private List<List<Long>> matrix(long ok, int kind, double rho, RandomGenerator random) {
        double away = kind == 0 ? 0 : 0.35 * rho * rho;
        List<List<Long>> matrix = new ArrayList<>();
        for (int row = 0; row < nodes; row++) {
            List<Long> line = new ArrayList<>();
            for (int column = 0; column < nodes; column++) {
                double share = row == column ? 1 - away : away / (nodes - 1) * (1 + 0.3 * random.nextGaussian());
                line.add(Math.round(Math.max(0, share) * ok / nodes));
            }
            matrix.add(line);
        }
        return matrix;
    }

    private List<NodeTally> tallies(List<List<Long>> matrix, long arrived, long rejected, RandomGenerator random) {
        List<NodeTally> tallies = new ArrayList<>();
        for (int node = 0; node < nodes; node++) {
            int column = node;
            long executed = matrix.stream().mapToLong(row -> row.get(column)).sum();
            long lost = Math.round((double) rejected / nodes * (1 + 0.1 * random.nextGaussian()));
            tallies.add(new NodeTally("n" + (node + 1), arrived / nodes, Math.max(0, lost), executed));
        }
        return tallies;
    }

    private static List<Second> seconds(long arrived, long rejected, RandomGenerator random) {
        List<Second> seconds = new ArrayList<>();
        for (int second = 0; second < SECONDS; second++) {
            long came = Math.round((double) arrived / SECONDS * (1 + 0.05 * random.nextGaussian()));
            long lost = Math.min(came, Math.round((double) rejected / SECONDS * Math.exp(0.3 * random.nextGaussian())));
            seconds.add(new Second(second, came, came - lost, lost, 0, 1.1e8 * (1 + 0.05 * random.nextGaussian())));
        }
        return seconds;
    }

    /** The pooled bound and a single node, for tests. */
    public static TheoryCurves theory() {
        return setting -> List.of(
                new TheoryCurves.Loss(
                        "one node", loss(setting.slots(), setting.slots() + setting.queue(), setting.rho())),
                new TheoryCurves.Loss(
                        "pooled",
                        loss(
                                setting.slots() * setting.nodes(),
                                (setting.slots() + setting.queue()) * setting.nodes(),
                                setting.rho())));
    }
}
