package io.p2pfaas.load.plan;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** What gates can be set on. Each is one number for a point, over all its repetitions. */
public enum Metric {
    P_B("pB", Unit.SHARE, "rejected calls as a share of those that came, mean over repetitions"),
    P_E("pE", Unit.SHARE, "calls that another node ran, as a share of those that came, mean over repetitions"),
    FAILED("failed", Unit.COUNT, "calls that ended neither answered with 2xx nor rejected, timeouts included"),
    LATE("late", Unit.COUNT, "answered calls that missed their deadline"),
    TIMEOUTS("timeouts", Unit.COUNT, "calls without an answer in time"),
    NOT_SENT("not-sent", Unit.COUNT, "calls that the generator did not send, or cut off"),
    SEND_LAG_P99("send-lag-p99", Unit.TIME, "how late the generator itself was, 99th percentile; live only"),
    LATENCY_P50("latency-p50", Unit.TIME, "median latency of answered calls, from the due time"),
    LATENCY_P90("latency-p90", Unit.TIME, "90th percentile of it"),
    LATENCY_P99("latency-p99", Unit.TIME, "99th percentile of it"),
    MEAN_LATENCY("mean-latency", Unit.TIME, "mean of it"),
    OFFERED_ERROR(
            "offered-error",
            Unit.SHARE,
            "how far the number of calls that came is from the planned rate, as a share of it; chance included");

    /** How a bound is written. */
    public enum Unit {
        /** A number from 0 to 1, or with a percent sign. */
        SHARE,
        /** A whole number. */
        COUNT,
        /** A duration; in nanoseconds once read. */
        TIME
    }

    private final String label;
    private final Unit unit;
    private final String meaning;

    Metric(String label, Unit unit, String meaning) {
        this.label = label;
        this.unit = unit;
        this.meaning = meaning;
    }

    /** The name in gates. */
    public String label() {
        return label;
    }

    public Unit unit() {
        return unit;
    }

    /** One line for people. */
    public String meaning() {
        return meaning;
    }

    /** The metric of a name. */
    public static Optional<Metric> of(String label) {
        return Arrays.stream(values())
                .filter(metric -> metric.label.equals(label))
                .findFirst();
    }

    static List<String> labels() {
        return Arrays.stream(values()).map(Metric::label).toList();
    }
}
