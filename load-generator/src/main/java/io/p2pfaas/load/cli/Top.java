package io.p2pfaas.load.cli;

import io.p2pfaas.load.device.BrokerAddress;
import io.p2pfaas.load.device.NodeDirectory;
import io.p2pfaas.load.live.cluster.ClusterView;
import io.p2pfaas.load.live.cluster.ClusterView.Sighting;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code lab top}: a live view of a cluster in the terminal. */
@Command(
        name = "top",
        sortOptions = false,
        description = {
            "Shows one row per node: load, rates, peers. Ctrl-C ends it.",
            "SLOTS and QUEUE are used/all; rates are of callers' calls between two looks, RAN counts executions here for"
                    + " whomever; AGE is that of the oldest sample a node has of a peer."
        },
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {"0:it ran", "1:no node answers", "2:bad usage"})
final class Top implements Callable<Integer> {
    private static final Duration LISTEN = Duration.ofMillis(700);
    private static final String HOME_AND_CLEAR = "\033[H\033[2J";

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(paramLabel = "URL", arity = "0..*", description = "Nodes, e.g. http://127.0.0.11:18080.")
    private List<URI> urls = List.of();

    @Option(
            names = "--broker",
            paramLabel = "URL",
            description = "Or all nodes that this broker knows, mqtt://host:port.")
    private @Nullable String broker;

    @Option(
            names = "--root",
            defaultValue = "p2pfaas",
            paramLabel = "TOPIC",
            description = "Topic levels of the cluster (${DEFAULT-VALUE}).")
    private String root = "";

    @Option(
            names = "--interval",
            defaultValue = "1s",
            converter = DurationText.class,
            paramLabel = "TIME",
            description = "Between two looks (${DEFAULT-VALUE}).")
    private Duration interval = Duration.ZERO;

    @Option(
            names = "--sort",
            defaultValue = "node",
            paramLabel = "ORDER",
            description = "One of ${COMPLETION-CANDIDATES} (${DEFAULT-VALUE}).")
    private TopTable.Order order = TopTable.Order.node;

    @Option(names = "--once", description = "Look twice, print once: for scripts.")
    private boolean once;

    @Override
    public Integer call() throws InterruptedException {
        if (interval.isZero() || interval.isNegative()) {
            throw new ParameterException(spec.commandLine(), "--interval must be above 0");
        }
        List<URI> nodes;
        try {
            nodes = nodes();
        } catch (IllegalArgumentException wrong) {
            throw new ParameterException(spec.commandLine(), String.valueOf(wrong.getMessage()), wrong);
        } catch (IOException failed) {
            spec.commandLine().getErr().println(failed.getMessage());
            return 1;
        }
        try (ClusterView view = new ClusterView(nodes, interval.multipliedBy(2))) {
            return watch(view);
        }
    }

    private List<URI> nodes() throws IOException, InterruptedException {
        if (urls.isEmpty() == (broker == null)) {
            throw new IllegalArgumentException("either urls of nodes or --broker is needed, and not both");
        }
        if (broker == null) {
            urls.forEach(Top::check);
            return urls;
        }
        String id = "lab-top-" + ProcessHandle.current().pid();
        Map<String, String> found = NodeDirectory.find(BrokerAddress.of(broker, root), id, LISTEN);
        if (found.isEmpty()) {
            throw new IOException("no node is known to " + broker + " below " + root);
        }
        List<URI> nodes = new ArrayList<>();
        for (String address : found.values()) {
            nodes.add(URI.create("http://" + address));
        }
        return nodes;
    }

    private static void check(URI url) {
        if (!"http".equals(url.getScheme()) || url.getHost() == null) {
            throw new IllegalArgumentException(
                    "not the address of a node: '" + url + "', example http://127.0.0.1:18080");
        }
    }

    private int watch(ClusterView view) throws InterruptedException {
        PrintWriter out = spec.commandLine().getOut();
        boolean terminal = Terminal.isPresent() && !once;
        List<Sighting> before = view.look();
        while (true) {
            TimeUnit.NANOSECONDS.sleep(interval.toNanos());
            List<Sighting> now = view.look();
            out.print((terminal ? HOME_AND_CLEAR : "") + TopTable.text(before, now, order) + (once ? "" : "\n"));
            out.flush();
            if (once) {
                return now.stream().allMatch(sighting -> sighting.status() == null) ? 1 : 0;
            }
            before = now;
        }
    }
}
