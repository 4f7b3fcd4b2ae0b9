package io.p2pfaas.load.cli;

import io.p2pfaas.load.plan.Experiment.FaultKind;
import io.p2pfaas.load.plan.Experiment.FaultSpec;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.TypeConversionException;

/** Faults as people type them: {@code 60s,kill,n3}. */
final class FaultText {
    private static final Pattern FORM = Pattern.compile("([^,]+),(kill|start|pause|resume),([^,]+)");

    private FaultText() {}

    /**
     * The fault.
     *
     * @throws IllegalArgumentException with the text and what is allowed
     */
    static FaultSpec parse(String text) {
        Matcher matcher = FORM.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException(
                    "--fault is '" + text + "', allowed is a time, one of kill, start, pause,"
                            + " resume, and broker or a node, such as 60s,kill,n3");
        }
        try {
            return new FaultSpec(
                    new DurationText().convert(matcher.group(1)),
                    FaultKind.valueOf(matcher.group(2).toUpperCase(Locale.ROOT)),
                    matcher.group(3));
        } catch (TypeConversionException malformed) {
            throw new IllegalArgumentException("--fault is '" + text + "': " + malformed.getMessage(), malformed);
        }
    }
}
