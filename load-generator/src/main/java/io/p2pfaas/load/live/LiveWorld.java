package io.p2pfaas.load.live;

import io.p2pfaas.load.campaign.Seeds;
import io.p2pfaas.load.campaign.World;
import io.p2pfaas.load.live.cluster.Cluster;
import io.p2pfaas.load.live.cluster.Clusters;
import io.p2pfaas.load.live.cluster.LaunchFailed;
import io.p2pfaas.load.live.cluster.NodeLaunch;
import io.p2pfaas.load.plan.Experiment;
import io.p2pfaas.load.plan.Point;
import io.p2pfaas.load.record.EndState;
import io.p2pfaas.load.record.HistogramText;
import io.p2pfaas.load.record.Outcome;
import io.p2pfaas.load.record.RunRecord;
import io.p2pfaas.load.record.RunResult;
import io.p2pfaas.load.record.Tally;
import java.io.PrintWriter;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Real nodes, a real broker, real clients. Launched processes live from one run to the next while nothing changes that
 * needs a restart, and end with {@link #close} or with this process. One thread.
 */
public final class LiveWorld implements World, AutoCloseable {
    /** Calls unanswered at once, on all nodes together; enough for 30 s of 300 calls per second without an answer. */
    private static final int MAX_IN_FLIGHT = 10_000;

    /** From the last preparation to the start of the run. */
    private static final long START_DELAY_NANOS = 50_000_000;

    /**
     * Load on nodes that were just started, before anything is measured: JVMs that compile are several times slower, and
     * an experiment's warm-up is meant for its queues. Eight nodes on two cores need about this.
     */
    private static final Duration PRIMING = Duration.ofSeconds(10);

    private static final double NANOS_PER_SECOND = 1e9;

    private final Clusters clusters;
    private final Duration priming;
    private final PrintWriter log;

    /** The cluster that has had its priming. */
    private @Nullable Cluster primed;

    /** Set while a run is on; for {@link #stop}. */
    private volatile @Nullable Runner running;

    /**
     * Starts nothing yet.
     *
     * @param nodeJar the runnable jar of the node, see {@link #defaultNodeJar}; needed for {@code launch} only
     * @param plugins folder of the nodes' plug-ins; absent = none
     * @param workFolder for logs of launched processes; made if it is not there
     * @param log for people: what the world does and what it could not find out
     */
    public LiveWorld(Path nodeJar, Optional<Path> plugins, Path workFolder, PrintWriter log) {
        this(() -> launchOf(nodeJar, plugins), workFolder, PRIMING, log);
    }

    /** The same with nodes started in some other way. */
    LiveWorld(Supplier<NodeLaunch> launch, Path workFolder, Duration priming, PrintWriter log) {
        clusters = new Clusters(launch, workFolder);
        this.priming = priming;
        this.log = log;
    }

    private static NodeLaunch launchOf(Path nodeJar, Optional<Path> plugins) {
        if (!Files.isRegularFile(nodeJar)) {
            throw new IllegalStateException(
                    "no node to launch: " + nodeJar + " is missing; build it with: mvn -q -Dquick package");
        }
        NodeLaunch launch = NodeLaunch.ofJar(nodeJar);
        return plugins.map(launch::withPlugins).orElse(launch);
    }

    /** Where the node's jar is beside {@code lab.jar}, in a checkout as built. */
    public static Path defaultNodeJar() {
        Path self;
        try {
            self = Path.of(LiveWorld.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
        } catch (URISyntaxException impossible) {
            throw new IllegalStateException(impossible);
        }
        // From load-generator/target/lab.jar, or load-generator/target/classes.
        return self.resolve("../../../scheduler-node/service/target/scheduler-node.jar")
                .normalize();
    }

    @Override
    public RunResult.World name() {
        return RunResult.World.LIVE;
    }

    /** Ends a run that is on: nothing more is sent, what is in flight gets a moment to end. Any thread. */
    public void stop() {
        Runner current = running;
        if (current != null) {
            current.stop();
        }
    }

    @Override
    public RunResult run(Experiment experiment, Point point, int repetition, Consumer<Outcome> outcomes)
            throws RunFailed {
        long begunNanos = System.nanoTime();
        long seed = Seeds.repetition(experiment.run().seed(), repetition);
        try {
            LivePoint live = new LivePoint(experiment, point);
            Duration length = experiment.run().warmup().plus(experiment.run().duration());
            Agenda agenda = live.draw(seed, length);
            Cluster cluster = primed(live, clusters.of(live.shape()), experiment);
            RunBook book =
                    new RunBook(agenda, live, cluster.ids(), experiment.run().warmup());
            Finished finished = carryOut(experiment, live, agenda, cluster, book, outcomes);
            Tally measured = finished.record().measured();
            return new RunResult(
                    RunResult.World.LIVE,
                    point.settings(),
                    repetition,
                    seed,
                    live.shape().nodes(),
                    finished.record().measuredFor().toNanos(),
                    experiment.function().service().meanNanos(),
                    measured.due(),
                    ends(measured),
                    book.reasons(),
                    book.late(),
                    HistogramText.of(measured.latency(EndState.OK)),
                    "",
                    book.matrix(),
                    book.nodes(),
                    finished.packets(),
                    book.seconds(),
                    HistogramText.of(measured.sendLag()),
                    (System.nanoTime() - begunNanos) / NANOS_PER_SECOND);
        } catch (LaunchFailed | IllegalArgumentException | IllegalStateException failed) {
            throw new RunFailed(String.valueOf(failed.getMessage()), failed);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new RunFailed("interrupted", interrupted);
        }
    }

    /** Nodes of others have run for a while; those that were just launched get load that nobody looks at. */
    private Cluster primed(LivePoint live, Cluster cluster, Experiment experiment)
            throws LaunchFailed, InterruptedException {
        if (priming.isZero() || cluster == primed || !live.shape().addresses().isEmpty()) {
            return cluster;
        }
        primed = cluster;
        log.println("priming " + cluster.ids().size() + " new nodes for " + priming.toSeconds() + " s");
        log.flush();
        Pace pace = new Pace(
                Duration.ZERO,
                priming,
                experiment.run().drain(),
                experiment.run().timeout(),
                MAX_IN_FLIGHT);
        try (Clients clients = new Clients(live, cluster, pace, uniqueId())) {
            // Not the seed of any repetition.
            Agenda agenda = live.draw(Seeds.repetition(experiment.run().seed(), -1), priming);
            Runner runner = new Runner(pace, agenda, clients.transport(), new SystemClock(), outcome -> {});
            running = runner;
            runner.run();
        } finally {
            running = null;
        }
        return clusters.of(live.shape());
    }

    /** Begins client ids. New for each run, or nodes would take a new call for one that they have answered already. */
    private static String uniqueId() {
        long unique = System.nanoTime() ^ (ProcessHandle.current().pid() << 40);
        return "lab-" + Long.toUnsignedString(unique, Character.MAX_RADIX) + "-";
    }

    private record Finished(RunRecord record, Map<String, Long> packets) {}

    private Finished carryOut(
            Experiment experiment,
            LivePoint live,
            Agenda agenda,
            Cluster cluster,
            RunBook book,
            Consumer<Outcome> outcomes)
            throws InterruptedException, RunFailed {
        Experiment.RunSpec lengths = experiment.run();
        Pace pace = new Pace(lengths.warmup(), lengths.duration(), lengths.drain(), lengths.timeout(), MAX_IN_FLIGHT);
        String id = uniqueId();
        try (Clients clients = new Clients(live, cluster, pace, id);
                PacketCount packets = new PacketCount(cluster, clusters.client(), id + "counts", log)) {
            Runner runner = new Runner(pace, agenda, clients.transport(), new SystemClock(), outcome -> {
                book.onEnd(outcome);
                outcomes.accept(outcome);
            });
            running = runner;
            long startNanos = System.nanoTime() + START_DELAY_NANOS;
            long measurementNanos = startNanos + lengths.warmup().toNanos();
            RunRecord record;
            String faultProblem;
            try (FaultThread faults = new FaultThread(experiment.faults(), cluster, measurementNanos, log)) {
                record = runner.run(startNanos);
                faultProblem = faults.problem();
            } finally {
                running = null;
            }
            if (faultProblem != null) {
                throw new RunFailed(faultProblem);
            }
            if (record.endedEarly()) {
                throw new RunFailed("the run was stopped early");
            }
            if (!record.isBalanced()) {
                throw new IllegalStateException("calls are missing: "
                        + record.measured().due() + " due, " + record.measured().ended() + " ended");
            }
            double share = agenda.size() == 0 ? 0 : (double) record.measured().due() / agenda.size();
            return new Finished(
                    record,
                    packets.between(
                            measurementNanos,
                            measurementNanos + lengths.duration().toNanos(),
                            share,
                            book));
        }
    }

    private static Map<EndState, Long> ends(Tally measured) {
        Map<EndState, Long> ends = new LinkedHashMap<>();
        for (EndState state : EndState.values()) {
            if (measured.ended(state) > 0) {
                ends.put(state, measured.ended(state));
            }
        }
        return ends;
    }

    /** Ends what was launched. */
    @Override
    public void close() {
        primed = null;
        clusters.close();
    }
}
