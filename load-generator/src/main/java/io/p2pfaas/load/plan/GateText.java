package io.p2pfaas.load.plan;

import io.p2pfaas.load.plan.Experiment.GateSpec;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Gates as people write them: {@code send-lag-p99 < 10ms where rho=0.9}. */
final class GateText {
    static final String ALLOWED =
            "METRIC <, <=, > or >= BOUND, with or without 'where AXIS=VALUE,...' (the metrics: lab" + " check --gates)";

    private static final Pattern FORM =
            Pattern.compile("([A-Za-z0-9-]+)\\s*(<=|>=|<|>)\\s*([0-9.]+[a-z%]*)(?:\\s+where\\s+(.+))?");

    private GateText() {}

    static GateSpec parse(String text) {
        Matcher matcher = FORM.matcher(text.strip());
        if (!matcher.matches()) {
            throw new IllegalArgumentException("not a condition");
        }
        String label = matcher.group(1);
        Metric metric = Metric.of(label)
                .orElseThrow(() -> new IllegalArgumentException("there is no metric " + label
                        + Suggestion.closest(label, Metric.labels())
                                .map(meant -> ", did you mean " + meant + "?")
                                .orElse(", there are " + String.join(", ", Metric.labels()))));
        PointFilter where = matcher.group(4) == null ? PointFilter.ALL : PointFilter.parse(matcher.group(4));
        return new GateSpec(text.strip(), label, matcher.group(2), bound(metric, matcher.group(3)), where);
    }

    private static double bound(Metric metric, String text) {
        try {
            return switch (metric.unit()) {
                case SHARE ->
                    text.endsWith("%")
                            ? Double.parseDouble(text.substring(0, text.length() - 1)) / 100
                            : Double.parseDouble(text);
                case COUNT -> Long.parseLong(text);
                case TIME -> TimeText.parse(text).toNanos();
            };
        } catch (IllegalArgumentException refused) {
            throw new IllegalArgumentException("the bound of " + metric.label() + " must be "
                    + switch (metric.unit()) {
                        case SHARE -> "a number such as 0.1, or a percentage such as 10%";
                        case COUNT -> "a whole number such as 0";
                        case TIME -> "a duration such as 10ms";
                    }
                    + ", but is '" + text + "'");
        }
    }
}
