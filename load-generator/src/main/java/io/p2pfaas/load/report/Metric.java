package io.p2pfaas.load.report;

import io.p2pfaas.load.record.EndState;
import io.p2pfaas.load.record.HistogramText;
import io.p2pfaas.load.record.RunResult;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import org.HdrHistogram.Histogram;

/** One number per repetition. NaN where the repetition says nothing of it. */
public enum Metric {
    PB("pB", "calls rejected", Unit.SHARE, true, from -> from.run.pB()),
    PE("pE", "calls run by another node", Unit.SHARE, true, Metric::forwarded),
    MEAN_LATENCY("mean-latency", "mean latency", Unit.MILLIS, true, from -> mean(from.latency)),
    P50("p50", "latency p50", Unit.MILLIS, true, from -> percentile(from.latency, 50)),
    P90("p90", "latency p90", Unit.MILLIS, true, from -> percentile(from.latency, 90)),
    P99("p99", "latency p99", Unit.MILLIS, true, from -> percentile(from.latency, 99)),
    P999("p99.9", "latency p99.9", Unit.MILLIS, true, from -> percentile(from.latency, 99.9)),
    FAILED("failed", "calls failed or not sent", Unit.SHARE, true, Metric::failed),
    LATE("late", "answers after the deadline", Unit.SHARE, true, from -> perCall(from.run, from.run.late())),
    PACKETS("packets", "broker packets per call", Unit.PER_CALL, true, Metric::packets),
    JAIN("jain", "Jain's index of executions", Unit.INDEX, false, Metric::jain),
    SPREAD("pB-spread", "pB of nodes, max - min", Unit.SHARE, true, Metric::spread),
    SAMPLE_AGE("sample-age", "mean age of load samples", Unit.MILLIS, true, from -> mean(from.sampleAge)),
    THROUGHPUT("throughput", "answered calls per second", Unit.PER_SECOND, false, Metric::throughput),
    SEND_LAG_P99("send-lag-p99", "send lag p99", Unit.MILLIS, true, from -> percentile(from.sendLag, 99));

    private static final double NANOS_PER_MILLI = 1e6;

    private final String key;
    private final String title;
    private final Unit unit;
    private final boolean lowerIsBetter;
    // The functions above hold nothing.
    @SuppressWarnings("ImmutableEnumChecker")
    private final ToDoubleFunction<Decoded> value;

    Metric(String key, String title, Unit unit, boolean lowerIsBetter, ToDoubleFunction<Decoded> value) {
        this.key = key;
        this.title = title;
        this.unit = unit;
        this.lowerIsBetter = lowerIsBetter;
        this.value = value;
    }

    /** What a number counts in. */
    public enum Unit {
        SHARE("share"),
        MILLIS("ms"),
        PER_CALL("per call"),
        INDEX("0 to 1"),
        PER_SECOND("1/s");

        private final String label;

        Unit(String label) {
            this.label = label;
        }

        public String label() {
            return label;
        }
    }

    /** A repetition with its histograms, which are too large to keep for all. */
    private static final class Decoded {
        private final RunResult run;
        private final Histogram latency;
        private final Histogram sampleAge;
        private final Histogram sendLag;

        Decoded(RunResult run) {
            this.run = run;
            this.latency = HistogramText.parse(run.latency());
            this.sampleAge = HistogramText.parse(run.sampleAge());
            this.sendLag = HistogramText.parse(run.sendLag());
        }
    }

    /** All metrics of a repetition. */
    public static Map<Metric, Double> all(RunResult run) {
        Decoded decoded = new Decoded(run);
        Map<Metric, Double> values = new EnumMap<>(Metric.class);
        for (Metric metric : values()) {
            values.put(metric, metric.value.applyAsDouble(decoded));
        }
        return values;
    }

    /**
     * The metric of a name; {@code latency-p99}, as gates have it, is {@code p99}.
     *
     * @throws IllegalArgumentException if there is none; the message lists all
     */
    public static Metric of(String key) {
        return Arrays.stream(values())
                .filter(metric -> metric.key.equalsIgnoreCase(key) || ("latency-" + metric.key).equalsIgnoreCase(key))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no metric is called '" + key + "'; there are "
                        + Arrays.stream(values()).map(Metric::key).collect(Collectors.joining(", "))));
    }

    /** As in commands and column headers. */
    public String key() {
        return key;
    }

    /** For people. */
    public String title() {
        return title;
    }

    public Unit unit() {
        return unit;
    }

    public boolean isLowerBetter() {
        return lowerIsBetter;
    }

    /** Title and unit, for an axis. */
    String axis() {
        return title + " [" + unit.label() + "]";
    }

    private static double mean(Histogram nanos) {
        return nanos.getTotalCount() == 0 ? Double.NaN : nanos.getMean() / NANOS_PER_MILLI;
    }

    private static double percentile(Histogram nanos, double percentile) {
        return nanos.getTotalCount() == 0 ? Double.NaN : nanos.getValueAtPercentile(percentile) / NANOS_PER_MILLI;
    }

    private static double perCall(RunResult run, long count) {
        return run.arrived() == 0 ? Double.NaN : (double) count / run.arrived();
    }

    /** Without a matrix nothing is known of forwards, unless there is nobody to forward to. */
    private static double forwarded(Decoded from) {
        return from.run.matrix().isEmpty() && from.run.nodes() > 1 ? Double.NaN : from.run.pE();
    }

    private static double failed(Decoded from) {
        long failed = from.run.ends().entrySet().stream()
                .filter(end -> end.getKey() != EndState.OK && end.getKey() != EndState.REJECTED)
                .mapToLong(Map.Entry::getValue)
                .sum();
        return perCall(from.run, failed);
    }

    private static double packets(Decoded from) {
        Map<String, Long> packets = from.run.packets();
        return packets.isEmpty()
                ? Double.NaN
                : perCall(
                        from.run,
                        packets.values().stream().mapToLong(Long::longValue).sum());
    }

    /** Jain, Chiu, Hawe 1984: square of the sum over n times the sum of squares; 1 if all are equal, 1/n if one has all. */
    private static double jain(Decoded from) {
        List<RunResult.NodeTally> nodes = from.run.nodeTallies();
        double sum = nodes.stream().mapToDouble(RunResult.NodeTally::executed).sum();
        double squares = nodes.stream()
                .mapToDouble(node -> (double) node.executed() * node.executed())
                .sum();
        return squares == 0 ? Double.NaN : sum * sum / (nodes.size() * squares);
    }

    private static double spread(Decoded from) {
        double[] losses = from.run.nodeTallies().stream()
                .filter(node -> node.arrived() > 0)
                .mapToDouble(node -> (double) node.rejected() / node.arrived())
                .sorted()
                .toArray();
        return losses.length == 0 ? Double.NaN : losses[losses.length - 1] - losses[0];
    }

    private static double throughput(Decoded from) {
        double seconds = from.run.measuredNanos() / 1e9;
        return seconds <= 0 ? Double.NaN : from.run.ended(EndState.OK) / seconds;
    }
}
