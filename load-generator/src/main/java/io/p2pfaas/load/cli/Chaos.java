package io.p2pfaas.load.cli;

import io.p2pfaas.load.live.LiveWorld;
import io.p2pfaas.load.live.chaos.ChaosPlan;
import io.p2pfaas.load.live.chaos.ChaosResult;
import io.p2pfaas.load.live.chaos.ChaosRun;
import io.p2pfaas.load.live.cluster.LaunchFailed;
import io.p2pfaas.load.live.cluster.NodeLaunch;
import io.p2pfaas.load.live.ledger.Fault;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code lab chaos}: a cluster under load in which things are broken, and its books. */
@Command(
        name = "chaos",
        sortOptions = false,
        description = {
            "Starts Mosquitto and nodes, calls them over HTTP, MQTT 5 and MQTT 3.1.1, breaks one thing after the other,"
                    + " and closes the books: every call that did not end exactly once, was executed twice, or was begun"
                    + " after its budget is named unless a fault explains it. See docs/lab/chaos.md.",
            "Progress goes to standard error; the journal and all logs are kept in the folder."
        },
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {"0:the books are clean and no node grew", "1:they are not, or the run failed", "2:bad usage"})
final class Chaos implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(names = "--nodes", defaultValue = "3", paramLabel = "N", description = "Nodes (${DEFAULT-VALUE}).")
    private int nodes;

    @Option(names = "--slots", defaultValue = "4", paramLabel = "N", description = "Of each node (${DEFAULT-VALUE}).")
    private int slots;

    @Option(names = "--queue", defaultValue = "4", paramLabel = "N", description = "Of each node (${DEFAULT-VALUE}).")
    private int queue;

    @Option(
            names = "--duration",
            defaultValue = "5m",
            converter = DurationText.class,
            paramLabel = "TIME",
            description = "How long things are broken (${DEFAULT-VALUE}).")
    private Duration duration = Duration.ZERO;

    @Option(
            names = "--warmup",
            defaultValue = "1m",
            converter = DurationText.class,
            paramLabel = "TIME",
            description = "Load without faults before it (${DEFAULT-VALUE}).")
    private Duration warmup = Duration.ZERO;

    @Option(
            names = "--rate-share",
            defaultValue = "0.7",
            paramLabel = "X",
            description = "Load as a share of what all nodes can do (${DEFAULT-VALUE}).")
    private double share;

    @Option(
            names = "--service",
            defaultValue = "100ms",
            converter = DurationText.class,
            paramLabel = "TIME",
            description = "Mean time of a call (${DEFAULT-VALUE}).")
    private Duration service = Duration.ZERO;

    @Option(
            names = "--budget",
            defaultValue = "5s",
            converter = DurationText.class,
            paramLabel = "TIME",
            description = "Time that a call may take (${DEFAULT-VALUE}).")
    private Duration budget = Duration.ZERO;

    @Option(
            names = "--seed",
            defaultValue = "1",
            paramLabel = "N",
            description = "Same seed, same calls and same faults (${DEFAULT-VALUE}).")
    private long seed;

    @Option(
            names = "--faults",
            split = ",",
            paramLabel = "FAULT",
            description =
                    "kill, stop, restart, broker-kill, broker-freeze, garbage, function, with commas between; none"
                            + " (all).")
    private List<String> faults = List.of();

    @Option(names = "--keep-messages", description = "The broker writes down what it holds.")
    private boolean keptBroker;

    @Option(
            names = "--out",
            defaultValue = "chaos",
            paramLabel = "DIR",
            description = "Folder for the journal, the result and logs (${DEFAULT-VALUE}).")
    private Path folder = Path.of("chaos");

    @Option(
            names = "--node-jar",
            paramLabel = "FILE",
            description = "What nodes are started from (scheduler-node.jar of the checkout that this lab is in).")
    private @Nullable Path nodeJar;

    @Override
    public Integer call() throws IOException, InterruptedException {
        Path jar = nodeJar == null ? LiveWorld.defaultNodeJar() : nodeJar;
        if (!Files.isRegularFile(jar)) {
            throw new ParameterException(
                    spec.commandLine(),
                    "no node to launch: " + jar
                            + " is missing; build it with 'mvn -Dquick package', or say where with --node-jar");
        }
        return run(() -> NodeLaunch.ofJar(jar));
    }

    private int run(Supplier<NodeLaunch> launch) throws IOException, InterruptedException {
        PrintWriter err = spec.commandLine().getErr();
        ChaosResult result;
        try {
            result = new ChaosRun(plan(), launch, folder, err).run();
        } catch (LaunchFailed failed) {
            err.println(failed.getMessage());
            return 1;
        }
        ChaosText.writeJson(result, folder.resolve("result.json"));
        PrintWriter out = spec.commandLine().getOut();
        out.print(ChaosText.table(result));
        out.flush();
        return result.isClean() ? 0 : 1;
    }

    private ChaosPlan plan() {
        try {
            return new ChaosPlan(
                    nodes, slots, queue, share, service, budget, warmup, duration, seed, faults(), keptBroker);
        } catch (IllegalArgumentException invalid) {
            throw new ParameterException(spec.commandLine(), String.valueOf(invalid.getMessage()), invalid);
        }
    }

    private Set<Fault> faults() {
        if (faults.isEmpty()) {
            Set<Fault> all = EnumSet.allOf(Fault.class);
            all.removeIf(fault -> !fault.isMade());
            return all;
        }
        Set<Fault> wanted = EnumSet.noneOf(Fault.class);
        faults.stream().filter(word -> !word.equals("none")).map(Fault::of).forEach(wanted::add);
        return wanted;
    }
}
