package io.p2pfaas.load.live;

import io.p2pfaas.load.arrivals.Schedule;
import io.p2pfaas.load.campaign.Seeds;
import io.p2pfaas.load.live.cluster.ClusterShape;
import io.p2pfaas.load.plan.Experiment;
import io.p2pfaas.load.plan.Experiment.ClientSpec;
import io.p2pfaas.load.plan.Experiment.PayloadSpec;
import io.p2pfaas.load.plan.Experiment.Setting;
import io.p2pfaas.load.plan.Experiment.Via;
import io.p2pfaas.load.plan.Grid;
import io.p2pfaas.load.plan.Point;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.random.RandomGenerator;

/** What an experiment and a point of its grid mean for real nodes. Pure: looks at nothing outside. */
final class LivePoint {
    private static final double NANOS_PER_SECOND = 1e9;
    private static final int MAX_KINDS = 127;
    private static final Set<String> SIMULATED_ONLY = Set.of(Grid.DELAY, Grid.SAMPLE_LOSS, "broker-deal");
    private static final Set<String> NO_SETTINGS =
            Set.of(Grid.SCHEDULER, Grid.RHO, Grid.LAMBDA, Grid.NODES, Grid.SLOTS, Grid.QUEUE);

    private final Experiment experiment;
    private final ClusterShape shape;
    private final double callsPerSecond;
    private final List<PayloadSpec> payloads;
    private final List<ClientSpec> clients;

    /** @throws IllegalArgumentException if the point cannot be run on real nodes; names the value and what is allowed */
    LivePoint(Experiment experiment, Point point) {
        this.experiment = experiment;
        for (String axis : SIMULATED_ONLY) {
            if (point.settings().containsKey(axis)) {
                throw new IllegalArgumentException(
                        "axis " + axis + " is simulated only; a live run has the network that is there");
            }
        }
        shape = shape(experiment, point);
        callsPerSecond = callsPerSecond(experiment, point, shape.slots());
        payloads =
                experiment.payloads().isEmpty() ? List.of(new PayloadSpec("empty", 0, 1, null)) : experiment.payloads();
        clients = experiment.clients().isEmpty() ? List.of(new ClientSpec(Via.HTTP, 1, 0)) : experiment.clients();
        if (payloads.size() > MAX_KINDS || clients.size() > MAX_KINDS) {
            throw new IllegalArgumentException("at most " + MAX_KINDS + " payloads and " + MAX_KINDS
                    + " kinds of clients: " + payloads.size() + ", " + clients.size());
        }
        if (experiment.cluster().rates().size() > shape.nodes()) {
            throw new IllegalArgumentException(
                    "rates has " + experiment.cluster().rates().size() + " factors for " + shape.nodes()
                            + " nodes; at most one per node is allowed");
        }
    }

    private static ClusterShape shape(Experiment experiment, Point point) {
        Experiment.ClusterSpec cluster = experiment.cluster();
        boolean given = !cluster.addresses().isEmpty();
        int nodes = number(point, Grid.NODES, given ? cluster.addresses().size() : cluster.launch());
        if (given && nodes > cluster.addresses().size()) {
            throw new IllegalArgumentException("nodes is " + nodes + ", but there are "
                    + cluster.addresses().size() + " addresses");
        }
        Map<String, String> settings = new LinkedHashMap<>();
        cluster.settings().forEach(setting -> settings.put(setting.key(), setting.value()));
        point.settings().forEach((axis, value) -> {
            if (!NO_SETTINGS.contains(axis)) {
                settings.put(axis, value);
            }
        });
        List<Setting> nodeSettings = new ArrayList<>();
        settings.forEach((key, value) -> nodeSettings.add(new Setting(key, value)));
        return new ClusterShape(
                given ? cluster.addresses().subList(0, nodes) : List.of(),
                nodes,
                cluster.broker(),
                number(point, Grid.SLOTS, cluster.slots()),
                number(point, Grid.QUEUE, cluster.queue()),
                point.get(Grid.SCHEDULER, ""),
                experiment.function(),
                nodeSettings);
    }

    private static int number(Point point, String axis, int otherwise) {
        String text = point.get(axis, Integer.toString(otherwise));
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException other) {
            throw new IllegalArgumentException(axis + " is '" + text + "'; allowed is a whole number", other);
        }
    }

    /** lambda, or rho K / S. */
    private static double callsPerSecond(Experiment experiment, Point point, int slots) {
        String lambda = point.get(Grid.LAMBDA, "");
        String rho = point.get(Grid.RHO, "");
        if (lambda.isEmpty() == rho.isEmpty()) {
            throw new IllegalArgumentException("the grid needs an axis rho or an axis lambda, and not both");
        }
        String text = lambda.isEmpty() ? rho : lambda;
        double value;
        try {
            value = Double.parseDouble(text);
        } catch (NumberFormatException other) {
            throw new IllegalArgumentException("'" + text + "' is not a number for rho or lambda", other);
        }
        if (!(value > 0) || Double.isInfinite(value)) {
            throw new IllegalArgumentException("rho or lambda must be above 0: " + text);
        }
        return lambda.isEmpty()
                ? value
                        * slots
                        * NANOS_PER_SECOND
                        / experiment.function().service().meanNanos()
                : value;
    }

    ClusterShape shape() {
        return shape;
    }

    /** By index, as in {@link PlannedCall#payload}. */
    List<PayloadSpec> payloads() {
        return payloads;
    }

    /** By index, as in {@link PlannedCall#client}. */
    List<ClientSpec> clients() {
        return clients;
    }

    /** Mean calls per second that come to a node; fewer factors than nodes are repeated from the first one on. */
    double callsPerSecond(int node) {
        List<Double> factors = experiment.cluster().rates();
        return callsPerSecond * (factors.isEmpty() ? 1 : factors.get(node % factors.size()));
    }

    /**
     * All calls of a run of this length. Depends on the repetition's seed, the nodes, their rates, payloads and
     * clients, and not on the scheduler.
     */
    Agenda draw(long repetitionSeed, Duration length) {
        List<Schedule> schedules = new ArrayList<>();
        List<Agenda.Dealer> dealers = new ArrayList<>();
        for (int node = 0; node < shape.nodes(); node++) {
            double rate = callsPerSecond(node);
            long seed = Seeds.stream(repetitionSeed, Seeds.Use.ARRIVALS, node);
            schedules.add(
                    rate == 0
                            ? Schedule.none()
                            : Schedule.draw(experiment.arrivals().at(rate, node), length, seed));
            dealers.add(new Dealing(Seeds.generator(Seeds.stream(repetitionSeed, Seeds.Use.PAYLOADS, node))));
        }
        return Agenda.merge(schedules, dealers);
    }

    /** Draws by weight and by share. */
    private final class Dealing implements Agenda.Dealer {
        private final RandomGenerator random;
        private final double[] weights =
                payloads.stream().mapToDouble(PayloadSpec::weight).toArray();
        private final double[] shares =
                clients.stream().mapToDouble(ClientSpec::share).toArray();

        Dealing(RandomGenerator random) {
            this.random = random;
        }

        @Override
        public int payload() {
            return draw(weights);
        }

        @Override
        public int client() {
            return draw(shares);
        }

        private int draw(double[] relative) {
            double sum = 0;
            for (double each : relative) {
                sum += each;
            }
            double left = random.nextDouble() * sum;
            for (int i = 0; i < relative.length - 1; i++) {
                left -= relative[i];
                if (left < 0) {
                    return i;
                }
            }
            return relative.length - 1;
        }
    }
}
