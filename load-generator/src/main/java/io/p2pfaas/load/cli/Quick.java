package io.p2pfaas.load.cli;

import io.p2pfaas.load.arrivals.ArrivalProcess;
import io.p2pfaas.load.arrivals.Deterministic;
import io.p2pfaas.load.arrivals.Poisson;
import io.p2pfaas.load.arrivals.Schedule;
import io.p2pfaas.load.plan.CallTemplate;
import io.p2pfaas.load.plan.HeaderField;
import io.p2pfaas.load.plan.Plan;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code lab quick}: one open-loop run against urls, all given on the command line. */
@Command(
        name = "quick",
        sortOptions = false,
        description = {
            "One open-loop run over HTTP: every call is sent at its due time, drawn before the run, whether or not"
                    + " earlier ones were answered. Latency counts from the due time, so a target that stands still"
                    + " shows.",
            "Ctrl-C ends the run early and prints the table of what was done (exit code 130)."
        },
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {"0:it ran", "1:not one call got through", "2:bad usage"})
final class Quick implements Callable<Integer> {
    private static final int MAX_BODY_BYTES = 64 << 20;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(
            names = "--url",
            required = true,
            paramLabel = "URL",
            description = "Where calls go, with POST. Repeated: dealt round robin.")
    private List<URI> urls = List.of();

    @Option(names = "--rate", required = true, paramLabel = "N", description = "Calls per second, over all urls.")
    private double rate;

    @Option(
            names = "--duration",
            required = true,
            converter = DurationText.class,
            paramLabel = "TIME",
            description = "Length of the measurement, e.g. 10s.")
    private Duration duration = Duration.ZERO;

    @Option(
            names = "--warmup",
            defaultValue = "2s",
            converter = DurationText.class,
            paramLabel = "TIME",
            description = "Load before the measurement that is not counted (${DEFAULT-VALUE}).")
    private Duration warmup = Duration.ZERO;

    private enum Arrivals {
        poisson,
        deterministic
    }

    @Option(
            names = "--arrivals",
            defaultValue = "poisson",
            paramLabel = "LAW",
            description = "One of ${COMPLETION-CANDIDATES} (${DEFAULT-VALUE}).")
    private Arrivals arrivals = Arrivals.poisson;

    /** At most one of them; none means 100 bytes. */
    private static final class Body {
        @Option(names = "--body-bytes", paramLabel = "N", description = "Body of N letters x (100).")
        private @Nullable Integer bytes;

        @Option(names = "--body-file", paramLabel = "F", description = "Body from a file.")
        private @Nullable Path file;

        @Option(names = "--body", paramLabel = "TEXT", description = "Body as given.")
        private @Nullable String text;
    }

    @ArgGroup
    private Body body = new Body();

    @Option(
            names = "--header",
            paramLabel = "'Name: value'",
            description = "Header field of every call. May be repeated.")
    private List<String> headers = List.of();

    @Option(
            names = "--timeout",
            defaultValue = "30s",
            converter = DurationText.class,
            paramLabel = "TIME",
            description = "From sending a call to the end of its answer; connecting may take half of it"
                    + " (${DEFAULT-VALUE}).")
    private Duration timeout = Duration.ZERO;

    @Option(
            names = "--seed",
            defaultValue = "1",
            paramLabel = "N",
            description = "Same seed, same due times (${DEFAULT-VALUE}).")
    private long seed;

    @Option(
            names = "--max-in-flight",
            defaultValue = "4096",
            paramLabel = "N",
            description = "Calls due while so many are unanswered are not sent, and counted so (${DEFAULT-VALUE}).")
    private int maxInFlight;

    @Option(
            names = "--csv",
            paramLabel = "FILE",
            description = "Write a line per call when the run is over; kept in memory until then.")
    private @Nullable Path csv;

    @Override
    public Integer call() throws Exception {
        Plan plan;
        Schedule schedule;
        try {
            plan = plan();
            schedule = plan.schedule();
        } catch (IllegalArgumentException invalid) {
            throw new ParameterException(spec.commandLine(), String.valueOf(invalid.getMessage()), invalid);
        }
        return new LiveRun(plan, schedule, csv, spec.commandLine().getOut()).call();
    }

    private Plan plan() {
        ArrivalProcess process = switch (arrivals) {
            case poisson -> new Poisson(rate);
            case deterministic -> new Deterministic(rate);
        };
        return new Plan(urls, callTemplate(), process, warmup, duration, timeout, seed, maxInFlight);
    }

    private CallTemplate callTemplate() {
        List<HeaderField> fields = new ArrayList<>();
        headers.forEach(line -> fields.add(HeaderField.parse(line)));
        if (fields.stream().noneMatch(field -> field.name().equalsIgnoreCase("Content-Type"))) {
            String type = body.text == null ? "application/octet-stream" : "text/plain; charset=utf-8";
            fields.add(new HeaderField("Content-Type", type));
        }
        return new CallTemplate(fields, bodyBytes());
    }

    private byte[] bodyBytes() {
        if (body.text != null) {
            return body.text.getBytes(StandardCharsets.UTF_8);
        }
        if (body.file != null) {
            try {
                return Files.readAllBytes(body.file);
            } catch (IOException unreadable) {
                throw new IllegalArgumentException("cannot read the body from " + unreadable.getMessage(), unreadable);
            }
        }
        int length = body.bytes == null ? 100 : body.bytes;
        if (length < 0 || length > MAX_BODY_BYTES) {
            throw new IllegalArgumentException("--body-bytes must be 0 to " + MAX_BODY_BYTES + ": " + length);
        }
        byte[] letters = new byte[length];
        Arrays.fill(letters, (byte) 'x');
        return letters;
    }
}
