package io.p2pfaas.load.plan;

import io.p2pfaas.load.plan.Experiment.FunctionSpec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/** Reads what is called, and how long it runs. */
final class FunctionSection {
    private static final String SPEC_EXAMPLE = "'builtin:sleep?mean=100ms&dist=exp'";
    private static final String LAW_EXAMPLE = "service: {law: exponential, mean: 100ms}";
    private static final ValueKind<Duration> MEAN = ValueKind.duration("1us", "1h");
    private static final ServiceLaw USUAL = new ServiceLaw.Exponential(100e6);

    private final Section section;
    private final InputFiles inputs;

    private FunctionSection(Section section, InputFiles inputs) {
        this.section = section;
        this.inputs = inputs;
    }

    static FunctionSpec read(Section section, InputFiles inputs) {
        return new FunctionSection(section, inputs).function();
    }

    private FunctionSpec function() {
        String name = section.value(
                "name",
                ValueKind.text("[A-Za-z0-9][A-Za-z0-9._-]{0,63}", "1 to 64 characters of A-Z a-z 0-9 . _ -"),
                "sleep",
                "sleep");
        String spec = section.value(
                "spec",
                ValueKind.text(
                        "(builtin:|http://|https://|docker:|exec:).+",
                        "what a node takes as function, builtin:NAME?..."),
                "",
                SPEC_EXAMPLE);
        Optional<ServiceLaw> ofSpec = lawOfBuiltin(spec);
        ServiceLaw law = section.has("service") ? service() : ofSpec.orElse(USUAL);
        if (!section.has("service") && ofSpec.isEmpty()) {
            section.problem("", "service is missing: how long the function runs", "a law and its mean", LAW_EXAMPLE);
        }
        ofSpec.filter(other -> section.has("service") && !other.equals(law))
                .ifPresent(other -> section.problem(
                        "spec",
                        "it contradicts service: " + spec + " is " + text(other) + ", but service is " + text(law),
                        "the same in both, or only one of them",
                        ""));
        boolean builtin = spec.isEmpty() || spec.startsWith("builtin:");
        FunctionSpec function = new FunctionSpec(
                name,
                spec.isEmpty() ? builtinOf(law) : spec,
                law,
                section.value("idempotent", ValueKind.truth(), builtin, "true"),
                section.value("cold-start", ValueKind.duration("0ms", "10m"), Duration.ZERO, "300ms"),
                section.value("cold-after", ValueKind.duration("0ms", "24h"), Duration.ofMinutes(10), "10m"));
        if (section.has("cold-after") && function.coldStart().isZero()) {
            section.problem(
                    "cold-after", "there is no cold-start that it could delay", "both or none", "cold-start: 300ms");
        }
        section.end();
        return function;
    }

    private ServiceLaw service() {
        Section service = section.section("service", LAW_EXAMPLE);
        String law = service.required(
                "law",
                ValueKind.word(List.of("exponential", "deterministic", "lognormal", "pareto", "empirical")),
                "exponential",
                "exponential");
        ServiceLaw read = switch (law) {
            case "deterministic" -> new ServiceLaw.Deterministic(mean(service));
            case "lognormal" ->
                new ServiceLaw.Lognormal(mean(service), service.required("sigma", ValueKind.above(0, 5), 1.0, "1"));
            case "pareto" ->
                new ServiceLaw.Pareto(mean(service), service.required("alpha", ValueKind.above(1, 100), 2.0, "1.5"));
            case "empirical" -> empirical(service);
            default -> new ServiceLaw.Exponential(mean(service));
        };
        service.end();
        return read;
    }

    private static double mean(Section service) {
        return service.required("mean", MEAN, Duration.ofMillis(100), "100ms").toNanos();
    }

    private ServiceLaw empirical(Section service) {
        String file = service.required("file", InputFiles.NAME, "", "times.txt");
        Optional<ServiceLaw> law = file.isEmpty()
                ? Optional.empty()
                : inputs.read(service, "file", file).flatMap(text -> durations(service, file, text));
        return law.orElse(USUAL);
    }

    private static Optional<ServiceLaw> durations(Section service, String file, String text) {
        List<Double> nanos = new ArrayList<>();
        int number = 0;
        for (String line : text.lines().toList()) {
            number++;
            if (line.isBlank() || line.startsWith("#")) {
                continue;
            }
            try {
                nanos.add((double) MEAN.parse(line.strip()).toNanos());
            } catch (IllegalArgumentException refused) {
                service.problem(
                        "file",
                        file + ", line " + number + ": found '" + line.strip() + "': " + refused.getMessage(),
                        MEAN.allowed() + " on each line",
                        "12.5ms");
                return Optional.empty();
            }
        }
        if (nanos.isEmpty()) {
            service.problem("file", file + " has no values", MEAN.allowed() + " on each line", "12.5ms");
            return Optional.empty();
        }
        return Optional.of(new ServiceLaw.Empirical(nanos));
    }

    /** What a node's built-in function is known to do; empty for other functions, and for what the node will refuse. */
    private static Optional<ServiceLaw> lawOfBuiltin(String spec) {
        boolean sleep = spec.startsWith("builtin:sleep");
        if (!sleep && !spec.startsWith("builtin:cpu")) {
            return Optional.empty();
        }
        Duration mean = Duration.ofMillis(sleep ? 100 : 20);
        Function<Double, ServiceLaw> law = ServiceLaw.Deterministic::new;
        for (String pair : spec.substring(spec.indexOf('?') + 1).split("&", -1)) {
            if (pair.equals("dist=exp")) {
                law = ServiceLaw.Exponential::new;
            } else if (pair.startsWith("mean=")) {
                try {
                    mean = TimeText.parse(pair.substring("mean=".length()));
                } catch (IllegalArgumentException ignored) {
                    // The node has a better message for it.
                    return Optional.empty();
                }
            }
        }
        return Optional.of(law.apply((double) mean.toNanos()));
    }

    private static String builtinOf(ServiceLaw law) {
        String mean = TimeText.of(Duration.ofNanos((long) law.meanNanos()));
        if (law instanceof ServiceLaw.Exponential) {
            return "builtin:sleep?mean=" + mean + "&dist=exp";
        }
        return law instanceof ServiceLaw.Deterministic ? "builtin:sleep?mean=" + mean + "&dist=det" : "";
    }

    private static String text(ServiceLaw law) {
        return law.getClass().getSimpleName().toLowerCase(Locale.ROOT) + " with mean "
                + TimeText.of(Duration.ofNanos((long) law.meanNanos()));
    }
}
