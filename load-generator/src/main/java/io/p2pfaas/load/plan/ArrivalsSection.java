package io.p2pfaas.load.plan;

import io.p2pfaas.load.arrivals.ArrivalLaw;
import io.p2pfaas.load.arrivals.LoadTrace;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Reads when calls come. */
final class ArrivalsSection {
    private static final String NODE = "{node}";
    private static final ValueKind<Duration> PHASE = ValueKind.duration("1ms", "24h");

    private final Section section;
    private final InputFiles inputs;
    private final int nodes;
    private final Duration runLength;

    private ArrivalsSection(Section section, InputFiles inputs, int nodes, Duration runLength) {
        this.section = section;
        this.inputs = inputs;
        this.nodes = nodes;
        this.runLength = runLength;
    }

    /**
     * Reads the law.
     *
     * @param nodes the largest number of nodes in the grid
     * @param runLength warm-up and measurement: how long a trace lasts unless the file says otherwise
     */
    static ArrivalLaw read(Section section, InputFiles inputs, int nodes, Duration runLength) {
        ArrivalLaw law = new ArrivalsSection(section, inputs, nodes, runLength).law();
        section.end();
        return law;
    }

    private ArrivalLaw law() {
        String law = section.value(
                "law",
                ValueKind.word(List.of("poisson", "deterministic", "uniform", "bursty", "replay", "legacy-10ms")),
                "poisson",
                "poisson");
        return switch (law) {
            case "deterministic" -> new ArrivalLaw.DeterministicLaw();
            case "uniform" -> new ArrivalLaw.UniformLaw();
            case "bursty" -> bursty();
            case "replay" -> replay();
            case "legacy-10ms" -> new ArrivalLaw.Legacy10msLaw();
            default -> new ArrivalLaw.PoissonLaw();
        };
    }

    private ArrivalLaw bursty() {
        return new ArrivalLaw.BurstyLaw(
                section.required("on", PHASE, Duration.ofSeconds(1), "1s"),
                section.required("off", PHASE, Duration.ofSeconds(1), "3s"),
                section.value("quiet", ValueKind.number(0, 1), 0.0, "0.1"));
    }

    private ArrivalLaw replay() {
        List<String> names = section.values("files", InputFiles.NAME, "traffic/load{node}.csv");
        if (!section.has("files")) {
            section.problem("", "files is missing", InputFiles.NAME.allowed(), "files: traffic/load{node}.csv");
        }
        List<LoadTrace> traces = new ArrayList<>();
        for (String name : names) {
            int copies = name.contains(NODE) ? nodes : 1;
            for (int node = 0; node < copies && traces.size() < nodes; node++) {
                trace(name.replace(NODE, Integer.toString(node)), traces);
            }
        }
        double min = section.value("min", ValueKind.number(0, 1e6), 0.0, "0");
        double max = section.value("max", ValueKind.above(0, 1e6), Math.max(1.0, min), "1");
        if (min > max) {
            section.problem("min", "it is above max: min " + min + ", max " + max, "min <= max", "");
            min = max;
        }
        return new ArrivalLaw.ReplayLaw(
                traces.isEmpty() ? List.of(new LoadTrace(1)) : traces,
                min,
                max,
                section.value("period", ValueKind.duration("10ms", "168h"), runLength, "60s"),
                section.value("shift", ValueKind.duration("0ms", "168h"), Duration.ZERO, "0s"));
    }

    private void trace(String name, List<LoadTrace> traces) {
        inputs.read(section, "files", name).ifPresent(text -> {
            try {
                traces.add(TraceText.parse(name, text));
            } catch (IllegalArgumentException invalid) {
                section.problem("files", String.valueOf(invalid.getMessage()), "", "");
            }
        });
    }
}
