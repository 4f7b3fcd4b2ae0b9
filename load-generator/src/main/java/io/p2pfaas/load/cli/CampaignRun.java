package io.p2pfaas.load.cli;

import io.p2pfaas.load.arrivals.ArrivalLaw;
import io.p2pfaas.load.campaign.Campaign;
import io.p2pfaas.load.campaign.GateResult;
import io.p2pfaas.load.campaign.ResultFolder;
import io.p2pfaas.load.campaign.World;
import io.p2pfaas.load.live.LiveWorld;
import io.p2pfaas.load.plan.Experiment;
import io.p2pfaas.load.plan.ExperimentFile;
import io.p2pfaas.load.plan.Grid;
import io.p2pfaas.load.plan.PointFilter;
import io.p2pfaas.load.record.RunResult;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** Options of the commands that run experiments, and the running itself. */
final class CampaignRun {
    private static final long REDRAW_MILLIS = 200;

    @Option(names = "--simulate", description = "In the simulator; otherwise live, with real nodes.")
    private boolean simulate;

    @Option(names = "--resume", description = "Go on with the results that are there: only what is missing is run.")
    private boolean resume;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            description = "Folder for the results (results/NAME-simulated or results/NAME-live).")
    private @Nullable Path out;

    @Option(
            names = "--threads",
            paramLabel = "N",
            description = "Simulated runs at once (one for each processor). The results do not depend on it.")
    private @Nullable Integer threads;

    @Option(
            names = "--only",
            paramLabel = "AXIS=VALUE,...",
            description = "Only the points with these values, e.g. 'scheduler=BrokerMatch,rho=0.9'.")
    private @Nullable String only;

    @Option(
            names = "--calls",
            negatable = true,
            description = "Keep a line for every call (live: yes, simulated: no, unless given).")
    private @Nullable Boolean calls;

    @Option(
            names = "--node-jar",
            paramLabel = "FILE",
            description =
                    "What launched nodes are started from (scheduler-node.jar of the checkout that this lab is in).")
    private Path nodeJar = LiveWorld.defaultNodeJar();

    private record Choice(RunResult.World world, int threads, PointFilter only, Path folder) {}

    /**
     * Runs to the end and prints the summary.
     *
     * @param suffix of the default folder's name
     * @return the exit code of the command
     */
    int run(CommandSpec spec, Worlds worlds, ExperimentArgument argument, ExperimentFile file, String suffix)
            throws IOException, InterruptedException {
        Choice choice = choice(spec, file.experiment(), suffix);
        Path parent = argument.path().toAbsolutePath().getParent();
        ResultFolder.Session session = new ResultFolder.Session(
                spec.root().commandLine().getParseResult().originalArgs(),
                new Lab.Version().getVersion()[0],
                parent == null ? Path.of("") : parent,
                choice.threads());
        PrintWriter terminal = spec.commandLine().getOut();
        try (ResultFolder folder = ResultFolder.open(choice.folder(), file, choice.world(), resume, session)) {
            World world = choice.world() == RunResult.World.SIMULATED
                    ? worlds.simulated(
                            argument.plugins().catalogue(spec),
                            spec.commandLine().getErr())
                    : worlds.live(
                            file.experiment(),
                            nodeJar,
                            argument.plugins().existing(),
                            choice.folder().resolve("processes"),
                            terminal);
            try {
                return run(file.experiment(), world, folder, choice, terminal);
            } finally {
                close(world);
            }
        } catch (ResultFolder.Refused refused) {
            throw new ParameterException(spec.commandLine(), String.valueOf(refused.getMessage()), refused);
        }
    }

    private static void close(World world) throws IOException {
        if (world instanceof AutoCloseable closeable) {
            try {
                closeable.close();
            } catch (IOException | RuntimeException problem) {
                throw problem;
            } catch (Exception problem) {
                throw new IOException("the world could not be left: " + problem.getMessage(), problem);
            }
        }
    }

    private Choice choice(CommandSpec spec, Experiment experiment, String suffix) {
        try {
            PointFilter filter = only == null ? PointFilter.ALL : PointFilter.parse(only);
            filter.checkAgainst(experiment.grid());
            if (threads != null && threads < 1) {
                throw new IllegalArgumentException("--threads must be at least 1: " + threads);
            }
            if (threads != null && threads > 1 && !simulate) {
                throw new IllegalArgumentException("--threads is for --simulate; live runs would disturb each other");
            }
            if (!simulate) {
                checkLive(experiment);
            }
            RunResult.World world = simulate ? RunResult.World.SIMULATED : RunResult.World.LIVE;
            int processors = Runtime.getRuntime().availableProcessors();
            String name = experiment.name() + suffix + "-" + world.name().toLowerCase(Locale.ROOT);
            return new Choice(
                    world,
                    threads != null ? threads : simulate ? processors : 1,
                    filter,
                    out != null ? out : Path.of("results", name));
        } catch (IllegalArgumentException invalid) {
            throw new ParameterException(spec.commandLine(), String.valueOf(invalid.getMessage()), invalid);
        }
    }

    /** What only a simulator can do must not seem to be done. */
    private void checkLive(Experiment experiment) {
        for (Grid.Axis axis : experiment.grid().axes()) {
            if (List.of(Grid.DELAY, Grid.SAMPLE_LOSS, "broker-deal").contains(axis.name())) {
                throw new IllegalArgumentException("grid." + axis.name()
                        + " is a property of the simulated network; a live run cannot vary it, add" + " --simulate");
            }
        }
        boolean launches = experiment.cluster().addresses().isEmpty();
        if (experiment.cluster().speeds().stream().anyMatch(speed -> speed != 1)) {
            throw new IllegalArgumentException("cluster.speeds are simulated only, add --simulate");
        }
        if (!experiment.function().coldStart().isZero()) {
            throw new IllegalArgumentException("function.cold-start is simulated only, add --simulate");
        }
        if (launches && experiment.function().spec().isEmpty()) {
            throw new IllegalArgumentException("function.spec is missing: nodes have no built-in function with this"
                    + " service time; add --simulate, or give a spec such as http://127.0.0.1:9000");
        }
        if (!launches && !experiment.faults().isEmpty()) {
            throw new IllegalArgumentException(
                    "faults are for nodes that the lab launches; those at cluster.addresses" + " it cannot kill");
        }
        if (launches && !Files.isRegularFile(nodeJar)) {
            throw new IllegalArgumentException("there is no node at " + nodeJar
                    + "; build it with 'mvn -Dquick package', or say where with --node-jar");
        }
    }

    private int run(Experiment experiment, World world, ResultFolder folder, Choice choice, PrintWriter terminal)
            throws IOException, InterruptedException {
        Duration expected = simulate
                ? Duration.ZERO
                : experiment.run().warmup().plus(experiment.run().duration());
        CampaignProgress progress =
                new CampaignProgress(terminal, Terminal.isPresent(), choice.threads(), expected, System::nanoTime);
        boolean keepCalls = calls != null ? calls : !simulate;
        Campaign campaign = new Campaign(
                experiment, world, folder, new Campaign.Options(choice.threads(), choice.only(), keepCalls), progress);
        progress.watch(campaign::leastLeft);
        Thread farewell = new Thread(() -> sayGoodbye(terminal, folder.path()), "lab-farewell");
        Runtime.getRuntime().addShutdownHook(farewell);
        Campaign.Result result;
        try {
            result = runShowing(campaign, progress);
        } finally {
            removeHook(farewell);
        }
        terminal.print(CampaignTable.text(experiment, result.summaries()));
        summarize(experiment, result, folder.path(), terminal);
        return result.isPassed() ? 0 : 1;
    }

    private static Campaign.Result runShowing(Campaign campaign, CampaignProgress progress)
            throws IOException, InterruptedException {
        ScheduledExecutorService painter = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, "lab-progress");
            thread.setDaemon(true);
            return thread;
        });
        Future<?> unused =
                painter.scheduleWithFixedDelay(progress::redraw, REDRAW_MILLIS, REDRAW_MILLIS, TimeUnit.MILLISECONDS);
        try {
            return campaign.run();
        } finally {
            painter.shutdownNow();
            progress.clear();
        }
    }

    private static void summarize(Experiment experiment, Campaign.Result result, Path folder, PrintWriter terminal) {
        terminal.println();
        if (experiment.arrivals() instanceof ArrivalLaw.Legacy10msLaw) {
            terminal.println("arrivals legacy-10ms: fewer calls than rho or lambda says, as with the original tools");
        }
        for (GateResult gate : result.gates()) {
            terminal.println("gate " + gate);
        }
        for (String failure : result.failures()) {
            terminal.println("failed: " + failure);
        }
        if (!result.failures().isEmpty()) {
            terminal.println("--resume tries again what failed");
        }
        terminal.println("results in " + folder);
        terminal.flush();
    }

    private static void sayGoodbye(PrintWriter terminal, Path folder) {
        terminal.println();
        terminal.println("ended early; what is done is in " + folder + ", --resume goes on");
        terminal.flush();
    }

    private static void removeHook(Thread hook) {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException ignored) {
            // The process is ending, because of Ctrl-C: the hook is running, and says so.
        }
    }
}
