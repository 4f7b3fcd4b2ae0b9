package io.p2pfaas.load.sim;

import io.p2pfaas.core.learn.LearnerParameters;
import io.p2pfaas.core.learn.LearnerSettings;
import io.p2pfaas.core.node.BrainSettings;
import io.p2pfaas.core.policy.PolicyCatalogue;
import io.p2pfaas.core.policy.PolicySpec;
import io.p2pfaas.core.policy.SchedulingPolicy;
import io.p2pfaas.load.arrivals.ArrivalProcess;
import io.p2pfaas.load.campaign.Seeds;
import io.p2pfaas.load.plan.Experiment;
import io.p2pfaas.load.plan.Experiment.FaultSpec;
import io.p2pfaas.load.plan.Experiment.FunctionSpec;
import io.p2pfaas.load.plan.Experiment.RunSpec;
import io.p2pfaas.load.plan.Experiment.Setting;
import io.p2pfaas.load.plan.Grid;
import io.p2pfaas.load.plan.Point;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Makes a {@link Setup} of an experiment and one of its points. Throws {@link IllegalArgumentException} with the name of
 * what is wrong.
 */
final class SetupReader {
    /** How the broker deals: {@code round-robin} or {@code random}; simulated only. */
    static final String DEAL = "broker-deal";

    private static final String CALL_TIMEOUT = "call.timeout";
    private static final String MAX_ATTEMPTS = "call.max-attempts";
    private static final String MAX_IN_FLIGHT = "call.max-in-flight";
    private static final String ACCEPT_TIMEOUT = "call.accept-timeout";
    private static final String HEARTBEAT = "call.heartbeat";
    private static final String BOOK_ABOVE = "call.book-above";
    private static final Set<String> AXES = Set.of(
            Grid.SCHEDULER, Grid.RHO, Grid.LAMBDA, Grid.NODES, Grid.SLOTS, Grid.QUEUE, Grid.DELAY, Grid.SAMPLE_LOSS);
    private static final String LEARNER_RULE = "learner.rule";
    private static final String LEARNER_DEADLINE = "learner.deadline";
    private static final String LEARNER_PARAMETERS = "learner.parameters";
    private static final Set<String> SETTINGS = Set.of(
            DEAL,
            CALL_TIMEOUT,
            MAX_ATTEMPTS,
            MAX_IN_FLIGHT,
            ACCEPT_TIMEOUT,
            HEARTBEAT,
            BOOK_ABOVE,
            LEARNER_RULE,
            LEARNER_DEADLINE,
            LEARNER_PARAMETERS);
    private static final Pattern DURATION = Pattern.compile("([0-9]{1,9}(?:\\.[0-9]{1,9})?)(ns|us|ms|s|m|h)?");
    private static final Pattern NODE = Pattern.compile("n([1-9][0-9]{0,5})");

    private final Experiment experiment;
    private final Point point;
    private final double serviceNanos;
    /** Node settings, those of the grid before those of the cluster. */
    private final Map<String, String> settings = new LinkedHashMap<>();

    private SetupReader(Experiment experiment, Point point) {
        this.experiment = experiment;
        this.point = point;
        this.serviceNanos = experiment.function().service().meanNanos();
        for (Setting setting : experiment.cluster().settings()) {
            settings.put(setting.key(), setting.value());
        }
        point.settings().forEach((name, value) -> {
            if (AXES.contains(name)) {
                return;
            }
            if (!SETTINGS.contains(name)) {
                throw new IllegalArgumentException("the simulator cannot vary '" + name + "'; it can vary "
                        + String.join(", ", AXES.stream().sorted().toList()) + ", "
                        + String.join(", ", SETTINGS.stream().sorted().toList()));
            }
            settings.put(name, value);
        });
    }

    static Setup read(Experiment experiment, Point point, int repetition) {
        return new SetupReader(experiment, point).setup(repetition);
    }

    /** How the nodes learn. */
    static LearnerSettings learning(Experiment experiment, Point point) {
        return new SetupReader(experiment, point).learning();
    }

    private LearnerSettings learning() {
        String rule = settings.getOrDefault(LEARNER_RULE, "correct");
        if (!rule.equals("correct") && !rule.equals("compat")) {
            throw wrong(LEARNER_RULE, rule, "correct or compat");
        }
        String parameters = settings.get(LEARNER_PARAMETERS);
        return new LearnerSettings(
                rule.equals("compat"),
                setting(LEARNER_DEADLINE, 0),
                parameters == null ? LearnerParameters.DEFAULT : LearnerParameters.parse(parameters));
    }

    private Setup setup(int repetition) {
        Experiment.ClusterSpec cluster = experiment.cluster();
        int launched = cluster.addresses().isEmpty()
                ? cluster.launch()
                : cluster.addresses().size();
        int nodes = whole(Grid.NODES, launched);
        int slots = whole(Grid.SLOTS, cluster.slots());
        int queueMax = whole(Grid.QUEUE, cluster.queue());
        RunSpec run = experiment.run();
        return new Setup(
                nodes,
                slots,
                queueMax,
                policies(),
                arrivals(nodes, slots),
                Arrays.stream(factors("speeds", cluster.speeds(), nodes))
                        .boxed()
                        .toList(),
                work(experiment.function()),
                network(),
                new Setup.Span(
                        run.warmup().toNanos(),
                        run.duration().toNanos(),
                        run.drain().toNanos(),
                        run.timeout().toNanos()),
                experiment.faults().stream().map(SetupReader::fault).toList(),
                Seeds.repetition(run.seed(), repetition),
                this::tuned);
    }

    private Supplier<SchedulingPolicy> policies() {
        PolicyCatalogue catalogue = PolicyCatalogue.standard();
        PolicySpec spec = PolicySpec.parse(point.get(Grid.SCHEDULER, "BrokerMatch"));
        // A wrong one is refused before the run begins.
        catalogue.create(spec);
        return () -> catalogue.create(spec);
    }

    private Setup.Work work(FunctionSpec function) {
        return new Setup.Work(
                function.service(),
                function.idempotent(),
                duration(CALL_TIMEOUT, settings.getOrDefault(CALL_TIMEOUT, "30s")),
                function.coldStart().toNanos(),
                function.coldAfter().toNanos(),
                experiment.payloads().isEmpty()
                        ? List.of(new Experiment.PayloadSpec("empty", 0, 1, null))
                        : experiment.payloads());
    }

    private Setup.Network network() {
        Experiment.NetworkSpec network = experiment.network();
        String delay = point.get(Grid.DELAY, "");
        String deal = settings.getOrDefault(DEAL, "round-robin");
        return new Setup.Network(
                delay.isEmpty() ? network.delay().toNanos() : duration(Grid.DELAY, delay),
                network.jitter().toNanos(),
                network.loss(),
                number(Grid.SAMPLE_LOSS, network.sampleLoss()),
                0,
                0,
                switch (deal) {
                    case "round-robin" -> SharedGroup.Deal.ROUND_ROBIN;
                    case "random" -> SharedGroup.Deal.RANDOM;
                    default -> throw wrong(DEAL, deal, "round-robin or random");
                });
    }

    private List<@Nullable ArrivalProcess> arrivals(int nodes, int slots) {
        double[] factors = factors("rates", experiment.cluster().rates(), nodes);
        double perSecond = point.settings().containsKey(Grid.LAMBDA)
                ? number(Grid.LAMBDA, 0)
                : number(Grid.RHO, Double.NaN) * slots * 1e9 / serviceNanos;
        if (Double.isNaN(perSecond)) {
            throw new IllegalArgumentException("the grid must have an axis rho or lambda");
        }
        List<@Nullable ArrivalProcess> arrivals = new ArrayList<>(nodes);
        for (int node = 0; node < nodes; node++) {
            double rate = perSecond * factors[node];
            arrivals.add(rate == 0 ? null : experiment.arrivals().at(rate, node));
        }
        return arrivals;
    }

    /** One factor per node; fewer factors than nodes are repeated from the first one on. */
    private static double[] factors(String name, List<Double> given, int nodes) {
        double[] factors = new double[nodes];
        Arrays.fill(factors, 1);
        if (given.size() > nodes) {
            throw new IllegalArgumentException(name + " has " + given.size() + " factors for " + nodes
                    + " nodes; at most one per node is allowed");
        }
        for (int i = 0; i < nodes && !given.isEmpty(); i++) {
            factors[i] = given.get(i % given.size());
            if (!(factors[i] >= 0 && factors[i] <= 1e6)) {
                throw wrong(name, String.valueOf(factors[i]), "a number from 0 to 1e6");
            }
        }
        return factors;
    }

    private static Setup.Fault fault(FaultSpec spec) {
        Matcher node = NODE.matcher(spec.target());
        if (!spec.target().equals("broker") && !node.matches()) {
            throw wrong("the target of a fault", spec.target(), "broker, or n1, n2 and so on");
        }
        int index = node.matches() ? Integer.parseInt(node.group(1)) - 1 : Setup.Fault.BROKER;
        return new Setup.Fault(spec.at().toNanos(), spec.kind(), index);
    }

    private BrainSettings tuned(BrainSettings defaults) {
        return defaults.with(
                setting(HEARTBEAT, defaults.heartbeatNanos()),
                setting(ACCEPT_TIMEOUT, defaults.acceptTimeoutNanos()),
                wholeSetting(BOOK_ABOVE, defaults.bookAboveBytes()),
                (int) wholeSetting(MAX_ATTEMPTS, defaults.maxAttempts()),
                (int) wholeSetting(MAX_IN_FLIGHT, defaults.maxCalls()));
    }

    private long setting(String key, long fallbackNanos) {
        String text = settings.get(key);
        return text == null ? fallbackNanos : duration(key, text);
    }

    private long wholeSetting(String key, long fallback) {
        String text = settings.get(key);
        return text == null ? fallback : wholeNumber(key, text);
    }

    private int whole(String axis, int fallback) {
        String text = point.get(axis, "");
        return text.isEmpty() ? fallback : wholeNumber(axis, text);
    }

    private static int wholeNumber(String name, String text) {
        try {
            return Integer.parseInt(text.trim());
        } catch (NumberFormatException notANumber) {
            throw wrong(name, text, "a whole number");
        }
    }

    private double number(String axis, double fallback) {
        String text = point.get(axis, "");
        try {
            return text.isEmpty() ? fallback : Double.parseDouble(text);
        } catch (NumberFormatException notANumber) {
            throw wrong(axis, text, "a number");
        }
    }

    /** A duration with its unit, or a bare number of mean service times. */
    private long duration(String name, String text) {
        Matcher matcher = DURATION.matcher(text.trim());
        if (!matcher.matches()) {
            throw wrong(name, text, "a duration such as 2ms, or a number of mean service times such as 0.02");
        }
        double value = Double.parseDouble(matcher.group(1));
        String unit = matcher.group(2);
        return Math.round(value * (unit == null ? serviceNanos : nanosPer(unit)));
    }

    private static double nanosPer(String unit) {
        return switch (unit.toLowerCase(Locale.ROOT)) {
            case "ns" -> 1;
            case "us" -> 1e3;
            case "ms" -> 1e6;
            case "s" -> 1e9;
            case "m" -> 60e9;
            default -> 3600e9;
        };
    }

    private static IllegalArgumentException wrong(String name, String value, String allowed) {
        return new IllegalArgumentException(name + " is '" + value + "', allowed is " + allowed);
    }
}
