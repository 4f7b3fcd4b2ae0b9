package io.p2pfaas.load.plan;

import io.p2pfaas.load.arrivals.ArrivalLaw;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is to be found out: one cluster, one load, a grid of settings, and how often to repeat. The same experiment runs
 * simulated and live. Read from YAML.
 *
 * @param cluster nodes and broker
 * @param function what is called, and how long it runs
 * @param network what a simulated message goes through; ignored by a live run, which has a real network
 * @param payloads what calls carry, with weights
 * @param clients how calls come in, with shares
 * @param arrivals when calls come, per node; the rate is a grid coordinate
 * @param grid the points
 * @param run lengths, repetitions, seed
 * @param faults what breaks, when
 * @param gates what must hold for the run to count as passed
 */
public record Experiment(
        String name,
        String description,
        ClusterSpec cluster,
        FunctionSpec function,
        NetworkSpec network,
        List<PayloadSpec> payloads,
        List<ClientSpec> clients,
        ArrivalLaw arrivals,
        Grid grid,
        RunSpec run,
        List<FaultSpec> faults,
        List<GateSpec> gates) {
    public Experiment {
        payloads = List.copyOf(payloads);
        clients = List.copyOf(clients);
        faults = List.copyOf(faults);
        gates = List.copyOf(gates);
    }

    /**
     * Nodes and broker.
     *
     * @param addresses urls of nodes that are there already, without a path; empty if nodes are launched
     * @param launch how many nodes to start as processes, or to simulate; if {@code addresses} is given, their number
     * @param broker {@code mosquitto} (started as a process), or {@code mqtt://host:port}; empty if unknown: nodes that are
     *     there already have theirs, and no client needs it
     * @param slots K, unless the grid says otherwise
     * @param queue Q, unless the grid says otherwise
     * @param settings further node settings by key, as in docs/configuration.md; live only
     * @param rates factors on the arrival rate of nodes, such as hot and cold; fewer than nodes are dealt again from the
     *     first; empty: all 1
     * @param speeds factors on the speed of nodes, likewise; simulated only
     */
    public record ClusterSpec(
            List<String> addresses,
            int launch,
            String broker,
            int slots,
            int queue,
            List<Setting> settings,
            List<Double> rates,
            List<Double> speeds) {
        public ClusterSpec {
            addresses = List.copyOf(addresses);
            settings = List.copyOf(settings);
            rates = List.copyOf(rates);
            speeds = List.copyOf(speeds);
        }
    }

    /** A node setting by its key. */
    public record Setting(String key, String value) {}

    /**
     * The function that is called.
     *
     * @param name as in {@code /function/NAME}
     * @param spec what launched nodes deploy, for example {@code builtin:sleep?mean=100ms&dist=exp}; empty if only a
     *     simulator can run it
     * @param service how long it runs: what the simulator draws from, and S when the grid gives rho
     * @param idempotent whether nodes may run a call twice
     * @param coldStart added to the first execution on a node after {@code coldAfter} of idleness; simulated only
     * @param coldAfter idle time after which the next call is a cold start
     */
    public record FunctionSpec(
            String name, String spec, ServiceLaw service, boolean idempotent, Duration coldStart, Duration coldAfter) {}

    /**
     * What simulated messages go through.
     *
     * @param delay one way from node to node, broker included
     * @param jitter uniform, added to each delay
     * @param loss share of QoS 1 messages that arrive after a resend only, at most 1
     * @param sampleLoss share of load samples (QoS 0) that are lost
     */
    public record NetworkSpec(Duration delay, Duration jitter, double loss, double sampleLoss) {}

    /**
     * A class of calls.
     *
     * @param bytes size of the body
     * @param weight relative frequency
     * @param deadline an answer after it counts as late; null: none
     */
    public record PayloadSpec(
            String name, int bytes, double weight, @Nullable Duration deadline) {}

    /** How a client talks to nodes. */
    public enum Via {
        HTTP,
        MQTT5,
        MQTT311
    }

    /**
     * A kind of client.
     *
     * @param share of all calls, relative to the other kinds
     * @param devices MQTT connections that the calls are dealt to; 0 for HTTP
     */
    public record ClientSpec(Via via, double share, int devices) {}

    /**
     * Lengths and repetitions.
     *
     * @param warmup load before the measurement that is not counted
     * @param duration of the measurement
     * @param drain longest wait for answers after it
     * @param timeout of one call as its client sees it
     * @param minRepetitions at least so many independent repetitions of each point
     * @param maxRepetitions at most so many
     * @param halfWidth repeat until the 95 % interval of pB is within this share of its mean; 0: no such rule
     * @param seed all chance of the experiment comes from it
     */
    public record RunSpec(
            Duration warmup,
            Duration duration,
            Duration drain,
            Duration timeout,
            int minRepetitions,
            int maxRepetitions,
            double halfWidth,
            long seed) {}

    /** What can break. */
    public enum FaultKind {
        /** kill -9. */
        KILL,
        /** Start again after a kill. */
        START,
        /** SIGSTOP. */
        PAUSE,
        /** SIGCONT. */
        RESUME
    }

    /**
     * Something breaks, or is mended.
     *
     * @param at after the start of the measurement
     * @param target {@code broker}, or a node by its number from 1: {@code n3}
     */
    public record FaultSpec(Duration at, FaultKind kind, String target) {}

    /**
     * A condition on results, for example {@code pB <= 0.1} or {@code send-lag-p99 < 10ms}.
     *
     * @param metric the name of a {@link Metric}
     * @param comparison one of {@code <, <=, >, >=}
     * @param bound in nanoseconds if the metric is a time
     * @param where the values of grid axes for which it must hold; empty: everywhere
     */
    public record GateSpec(String text, String metric, String comparison, double bound, PointFilter where) {
        /** A gate for all points. */
        public GateSpec(String text, String metric, String comparison, double bound) {
            this(text, metric, comparison, bound, PointFilter.ALL);
        }
    }
}
