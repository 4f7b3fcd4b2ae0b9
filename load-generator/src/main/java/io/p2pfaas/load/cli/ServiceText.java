package io.p2pfaas.load.cli;

import io.p2pfaas.load.plan.ServiceLaw;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;

/** Service laws as people type them: {@code exp}, {@code det}, {@code lognormal:1}, {@code pareto:2.2}, {@code file:F}. */
final class ServiceText {
    static final String FORMS =
            "exp, det, lognormal:SIGMA, pareto:ALPHA, or file:FILE with a number of seconds per line";

    private ServiceText() {}

    /**
     * The law.
     *
     * @param meanNanos S, of all but measured values, which have their own
     * @throws IllegalArgumentException with the text and what is allowed
     */
    static ServiceLaw parse(String text, double meanNanos) {
        int colon = text.indexOf(':');
        String name = colon < 0 ? text : text.substring(0, colon);
        String parameter = colon < 0 ? "" : text.substring(colon + 1);
        try {
            return switch (name) {
                case "exp" -> without(parameter, new ServiceLaw.Exponential(meanNanos));
                case "det" -> without(parameter, new ServiceLaw.Deterministic(meanNanos));
                case "lognormal" -> new ServiceLaw.Lognormal(meanNanos, Double.parseDouble(parameter));
                case "pareto" -> new ServiceLaw.Pareto(meanNanos, Double.parseDouble(parameter));
                case "file" -> new ServiceLaw.Empirical(secondsIn(Path.of(parameter)));
                default -> throw new NumberFormatException();
            };
        } catch (NumberFormatException | InvalidPathException malformed) {
            throw new IllegalArgumentException("--service is '" + text + "', allowed is " + FORMS, malformed);
        }
    }

    private static ServiceLaw without(String parameter, ServiceLaw law) {
        if (!parameter.isEmpty()) {
            throw new NumberFormatException(parameter);
        }
        return law;
    }

    private static List<Double> secondsIn(Path file) {
        try {
            return Files.readAllLines(file).stream()
                    .filter(line -> !line.isBlank())
                    .map(line -> Double.parseDouble(line.strip()) * 1e9)
                    .toList();
        } catch (IOException unreadable) {
            throw new IllegalArgumentException("cannot read service times from " + unreadable.getMessage(), unreadable);
        }
    }
}
