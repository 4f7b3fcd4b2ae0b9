package io.p2pfaas.load.plan;

import io.p2pfaas.core.policy.PolicyCatalogue;
import io.p2pfaas.core.policy.PolicySpec;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads the grid: which settings are varied, and whether each of their values is possible. */
final class GridSection {
    private static final int MAX_POINTS = 100_000;
    private static final int MAX_STEPS = 1_000;
    private static final Pattern RANGE = Pattern.compile("([0-9.]+) to ([0-9.]+) step ([0-9.]+)");

    private final Section section;
    /** Null: any scheduler will do. */
    private final @Nullable PolicyCatalogue catalogue;

    private GridSection(Section section, @Nullable PolicyCatalogue catalogue) {
        this.section = section;
        this.catalogue = catalogue;
    }

    static Grid read(Section section, @Nullable PolicyCatalogue catalogue) {
        return new GridSection(section, catalogue).grid();
    }

    private Grid grid() {
        List<Grid.Axis> axes = new ArrayList<>();
        long points = 1;
        for (String name : section.keys()) {
            List<String> values = valuesOf(name);
            if (!values.isEmpty()) {
                refuseDuplicates(name, values);
                axes.add(new Grid.Axis(name, values));
                points = Math.min(points * values.size(), Long.MAX_VALUE / MAX_STEPS / MAX_STEPS);
            }
        }
        if (points > MAX_POINTS) {
            section.problem("", "the grid has " + points + " points", "at most " + MAX_POINTS, "");
        }
        if (!section.has(Grid.SCHEDULER)) {
            section.problem(
                    "", "scheduler is missing", "a list of algorithms", "scheduler: [BrokerMatch, NoScheduler]");
        }
        if (section.has(Grid.RHO) == section.has(Grid.LAMBDA)) {
            section.problem(
                    "",
                    section.has(Grid.RHO) ? "rho and lambda contradict each other" : "rho or lambda is missing",
                    "one of rho (load per slot) and lambda (calls per second and node)",
                    "rho: [0.7, 0.9]");
        }
        section.end();
        return new Grid(axes);
    }

    private List<String> valuesOf(String name) {
        return switch (name) {
            case Grid.SCHEDULER -> section.values(name, scheduler(), "BrokerMatch, 'PowerOfNScheduler(1,3,true,1)'");
            case Grid.RHO -> numbers(name, ValueKind.above(0, 100), "0.7, 0.9");
            case Grid.LAMBDA -> numbers(name, ValueKind.above(0, 1e6), "10, 20");
            case Grid.NODES -> numbers(name, ValueKind.whole(1, 100_000), "4, 8, 16");
            case Grid.SLOTS -> numbers(name, ValueKind.whole(1, 10_000), "4, 8");
            case Grid.QUEUE -> numbers(name, ValueKind.whole(0, 100_000), "0, 4");
            case Grid.SAMPLE_LOSS -> numbers(name, ValueKind.number(0, 1), "0, 0.1");
            case Grid.DELAY -> section.values(name, asWritten(delay()), "1ms, 0.02");
            default -> nodeSetting(name);
        };
    }

    private List<String> nodeSetting(String name) {
        if (NodeSettingKeys.SET_BY_THE_LAB.contains(name)) {
            section.values(name, ValueKind.anyText(), "");
            section.problem(name, "the lab itself sets this for every node", "another setting", "");
            return List.of();
        }
        if (!NodeSettingKeys.isKnown(name)) {
            List<String> allowed = Stream.concat(
                            Stream.of(
                                    Grid.SCHEDULER,
                                    Grid.RHO,
                                    Grid.LAMBDA,
                                    Grid.NODES,
                                    Grid.SLOTS,
                                    Grid.QUEUE,
                                    Grid.DELAY,
                                    Grid.SAMPLE_LOSS,
                                    NodeSettingKeys.BROKER_DEAL),
                            NodeSettingKeys.FREE.stream())
                    .toList();
            section.values(name, ValueKind.anyText(), "");
            section.problem(
                    name,
                    "unknown key"
                            + Suggestion.closest(name, allowed)
                                    .map(meant -> "; did you mean " + meant + "?")
                                    .orElse(""),
                    String.join(", ", allowed),
                    "");
            return List.of();
        }
        return section.values(name, ValueKind.text(".+", "a value of this node setting"), "1s, 2s");
    }

    private void refuseDuplicates(String name, List<String> values) {
        Set<Object> seen = new HashSet<>();
        for (String value : values) {
            if (!seen.add(PointFilter.meaning(value))) {
                section.problem(name, "the value " + value + " is there twice", "each value once", "");
            }
        }
    }

    private ValueKind<String> scheduler() {
        return new ValueKind<>(
                (catalogue == null ? "a scheduler" : "one of " + String.join(", ", catalogue.names()))
                        + ", with parameters in parentheses where it has some,"
                        + " then in quotes",
                text -> {
                    PolicySpec spec = PolicySpec.parse(text);
                    if (catalogue != null) {
                        catalogue.create(spec);
                    }
                    return text.strip();
                });
    }

    /** A duration, or a bare number of mean service times, as papers give it. */
    private static ValueKind<?> delay() {
        ValueKind<?> duration = ValueKind.duration("0ms", "1m");
        ValueKind<?> inServiceTimes = ValueKind.number(0, 1_000);
        return new ValueKind<Object>(duration.allowed() + ", or a number of mean service times", text -> {
            char last = text.isEmpty() ? ' ' : text.charAt(text.length() - 1);
            return (Character.isLetter(last) ? duration : inServiceTimes).parse(text);
        });
    }

    private static ValueKind<String> asWritten(ValueKind<?> kind) {
        return new ValueKind<>(kind.allowed(), text -> {
            kind.parse(text);
            return text;
        });
    }

    /** Numbers, and ranges such as {@code 0.1 to 1.2 step 0.1}, both ends included. */
    private List<String> numbers(String name, ValueKind<?> kind, String example) {
        ValueKind<List<String>> range = new ValueKind<>(kind.allowed() + ", or a range 'A to B step C'", text -> {
            Matcher matcher = RANGE.matcher(text);
            if (!matcher.matches()) {
                return List.of(asWritten(kind).parse(text));
            }
            return steps(matcher).stream().map(asWritten(kind)::parse).toList();
        });
        return section.values(name, range, example).stream()
                .flatMap(List::stream)
                .toList();
    }

    private static List<String> steps(Matcher range) {
        BigDecimal last = new BigDecimal(range.group(2));
        BigDecimal step = new BigDecimal(range.group(3));
        List<String> steps = new ArrayList<>();
        if (step.signum() <= 0) {
            throw new IllegalArgumentException("the step must be above 0");
        }
        for (BigDecimal at = new BigDecimal(range.group(1)); at.compareTo(last) <= 0; at = at.add(step)) {
            if (steps.size() == MAX_STEPS) {
                throw new IllegalArgumentException("more than " + MAX_STEPS + " steps");
            }
            steps.add(at.toPlainString());
        }
        if (steps.isEmpty()) {
            throw new IllegalArgumentException("it is empty");
        }
        return steps;
    }
}
