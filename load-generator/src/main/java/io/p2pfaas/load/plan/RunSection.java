package io.p2pfaas.load.plan;

import io.p2pfaas.load.plan.Experiment.FaultKind;
import io.p2pfaas.load.plan.Experiment.FaultSpec;
import io.p2pfaas.load.plan.Experiment.GateSpec;
import io.p2pfaas.load.plan.Experiment.RunSpec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Reads lengths and repetitions, what breaks, and what must hold. */
final class RunSection {
    private static final int USUAL_REPETITIONS = 5;
    private static final int USUAL_MOST = 30;
    private static final ValueKind<Duration> PART = ValueKind.duration("0s", "24h");

    private RunSection() {}

    static RunSpec read(Section section) {
        ValueKind<Integer> repetitions = ValueKind.whole(1, 10_000);
        int least = section.value("repetitions", repetitions, USUAL_REPETITIONS, "5");
        double halfWidth = section.value("half-width", ValueKind.number(0, 10), 0.0, "0.1");
        int usual = halfWidth > 0 ? Math.max(least, USUAL_MOST) : least;
        int most = section.value("max-repetitions", repetitions, usual, "30");
        if (most < least) {
            section.problem(
                    "max-repetitions", "it is below repetitions: " + most + " < " + least, "at least " + least, "");
        } else if (halfWidth == 0 && section.has("max-repetitions") && most > least) {
            section.problem(
                    "max-repetitions",
                    "without half-width nothing asks for more than the " + least + " repetitions",
                    "both or none",
                    "half-width: 0.1");
        }
        if (halfWidth > 0 && least < 2) {
            section.problem("repetitions", "half-width needs an interval, and that two repetitions", "2 or more", "5");
        }
        RunSpec run = new RunSpec(
                section.value("warmup", PART, Duration.ofSeconds(5), "5s"),
                section.value("duration", ValueKind.duration("10ms", "168h"), Duration.ofSeconds(60), "60s"),
                section.value("drain", PART, Duration.ofSeconds(10), "10s"),
                section.value("timeout", ValueKind.duration("1ms", "1h"), Duration.ofSeconds(30), "30s"),
                least,
                Math.max(least, most),
                halfWidth,
                section.value("seed", ValueKind.seed(), 1L, "1"));
        section.end();
        return run;
    }

    static List<FaultSpec> faults(Section experiment, RunSpec run, int nodes) {
        List<FaultSpec> faults = new ArrayList<>();
        Map<FaultSpec, Section> places = new HashMap<>();
        for (Section section : experiment.sections("faults", "faults: [{at: 20s, kill: n1}]")) {
            Duration at = section.required("at", ValueKind.duration("0s", "168h"), Duration.ZERO, "20s");
            if (at.compareTo(run.duration()) > 0) {
                section.problem("at", "the measurement is over by then", "at most " + TimeText.of(run.duration()), "");
            }
            int kinds = 0;
            for (FaultKind kind : FaultKind.values()) {
                String key = kind.name().toLowerCase(Locale.ROOT);
                String target = section.value(key, target(nodes), "", "n1");
                if (section.has(key)) {
                    kinds++;
                }
                if (!target.isEmpty()) {
                    FaultSpec fault = new FaultSpec(at, kind, target);
                    faults.add(fault);
                    places.put(fault, section);
                }
            }
            if (kinds != 1) {
                section.problem(
                        "", "found " + kinds + " things to do", "one of kill, start, pause, resume", "kill: n1");
            }
            section.end();
        }
        faults.sort(Comparator.comparing(FaultSpec::at));
        checkOrder(faults, places);
        return faults;
    }

    private static ValueKind<String> target(int nodes) {
        return new ValueKind<>("broker, or n1 to n" + nodes, text -> {
            boolean node = text.matches("n[1-9][0-9]{0,5}") && Integer.parseInt(text.substring(1)) <= nodes;
            if (!node && !text.equals("broker")) {
                throw new IllegalArgumentException("there is no such target");
            }
            return text;
        });
    }

    /** A node cannot be started that runs, or be paused that is gone. */
    private static void checkOrder(List<FaultSpec> faults, Map<FaultSpec, Section> places) {
        Map<String, FaultKind> last = new HashMap<>();
        for (FaultSpec fault : faults) {
            FaultKind before = last.getOrDefault(fault.target(), FaultKind.START);
            boolean runs = before == FaultKind.START || before == FaultKind.RESUME;
            boolean possible = switch (fault.kind()) {
                case KILL -> before != FaultKind.KILL;
                case START -> before == FaultKind.KILL;
                case PAUSE -> runs;
                case RESUME -> before == FaultKind.PAUSE;
            };
            if (!possible) {
                Section section = places.getOrDefault(fault, Section.absent("faults", "", new Problems()));
                String state = before == FaultKind.KILL ? "killed" : before == FaultKind.PAUSE ? "paused" : "running";
                section.problem(
                        fault.kind().name().toLowerCase(Locale.ROOT),
                        fault.target() + " is " + state + " by then",
                        "kill and start, pause and resume in turn",
                        "");
            }
            last.put(fault.target(), fault.kind());
        }
    }

    static List<GateSpec> gates(Section experiment, Grid grid) {
        ValueKind<GateSpec> gate = new ValueKind<>(GateText.ALLOWED, text -> {
            GateSpec spec = GateText.parse(text);
            spec.where().checkAgainst(grid);
            return spec;
        });
        return experiment.values("gates", gate, "'send-lag-p99 < 10ms', 'failed <= 0'");
    }
}
