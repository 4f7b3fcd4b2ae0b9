package io.p2pfaas.load.cli;

import io.p2pfaas.load.live.ClosedLoop;
import io.p2pfaas.load.live.ServiceTimes;
import io.p2pfaas.load.live.cluster.NodeClient;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code lab service-rate}: what one node executes per second. */
@Command(
        name = "service-rate",
        sortOptions = false,
        description = {
            "Calls a function on one node in a closed loop, past the scheduler, and prints how long the node executed"
                    + " and how many calls per second that makes.",
            "With --law the execution times are written to a file that an experiment can draw service times from:"
                    + " service: {law: empirical, file: FILE}."
        },
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {"0:it ran", "1:not one call was executed", "2:bad usage"})
final class ServiceRate implements Callable<Integer> {
    private static final int MAX_CALLERS = 1000;
    private static final int MAX_CALLS = 1_000_000;
    private static final int MAX_BODY_BYTES = 64 << 20;
    private static final double NANOS_PER_MILLI = 1e6;

    /** Nodes tell times in microseconds; a law has no time below one. */
    private static final long LEAST_NANOS = 1000;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(paramLabel = "URL", description = "The function, e.g. http://127.0.0.1:18080/function/resize.")
    private URI url = URI.create("http://127.0.0.1/");

    @Option(names = "--callers", paramLabel = "N", description = "Calls under way at once (the slots of the node).")
    private @Nullable Integer callers;

    @Option(names = "--calls", defaultValue = "500", paramLabel = "N", description = "Calls (${DEFAULT-VALUE}).")
    private int calls;

    @Option(
            names = "--warmup-calls",
            defaultValue = "50",
            paramLabel = "N",
            description = "Calls before them that do not count (${DEFAULT-VALUE}).")
    private int warmupCalls;

    @Option(
            names = "--body-bytes",
            defaultValue = "100",
            paramLabel = "N",
            description = "Body of N bytes (${DEFAULT-VALUE}).")
    private int bodyBytes;

    @Option(names = "--body-file", paramLabel = "F", description = "Body from a file instead.")
    private @Nullable Path bodyFile;

    @Option(
            names = "--timeout",
            defaultValue = "30s",
            converter = DurationText.class,
            paramLabel = "TIME",
            description = "Of one call (${DEFAULT-VALUE}).")
    private Duration timeout = Duration.ZERO;

    @Option(names = "--law", paramLabel = "FILE", description = "Write each execution time on a line of its own.")
    private @Nullable Path law;

    @Override
    public Integer call() throws IOException, InterruptedException {
        check("--calls", calls, 1, MAX_CALLS);
        check("--warmup-calls", warmupCalls, 0, MAX_CALLS);
        check("--body-bytes", bodyBytes, 0, MAX_BODY_BYTES);
        if (callers != null) {
            check("--callers", callers, 1, MAX_CALLERS);
        }
        if (!"http".equals(url.getScheme()) || url.getHost() == null) {
            throw new ParameterException(
                    spec.commandLine(),
                    "not the address of a function: '" + url + "', example http://127.0.0.1:18080/function/echo");
        }
        PrintWriter out = spec.commandLine().getOut();
        int atOnce;
        try {
            atOnce = callers == null ? slots() : callers;
        } catch (IOException silent) {
            spec.commandLine().getErr().println(silent.getMessage() + "; with --callers the node is not asked");
            return 1;
        }
        byte[] body = bodyFile == null ? new byte[bodyBytes] : Files.readAllBytes(bodyFile);
        ClosedLoop loop = new ClosedLoop(url, body, atOnce, timeout);
        loop.run(warmupCalls);
        ServiceTimes times = loop.run(calls);
        print(times, out);
        if (law != null && !times.executionNanos().isEmpty()) {
            write(times, law);
            out.println("law              " + law);
        }
        out.flush();
        return times.executionNanos().isEmpty() ? 1 : 0;
    }

    private void check(String name, int value, int least, int most) {
        if (value < least || value > most) {
            throw new ParameterException(spec.commandLine(), name + " must be " + least + " to " + most + ": " + value);
        }
    }

    private int slots() throws IOException, InterruptedException {
        int slots = new NodeClient(timeout).status(url.resolve("/")).slots();
        return Math.max(1, Math.min(MAX_CALLERS, slots));
    }

    static void print(ServiceTimes times, PrintWriter out) {
        row(
                out,
                "calls",
                "%d executed, %d callers at once",
                times.executionNanos().size(),
                times.callers());
        times.failures()
                .forEach(
                        (what, count) -> row(out, "not executed", "%d: %s", count, what.replaceAll("\\p{Cntrl}", "?")));
        if (times.executionNanos().isEmpty()) {
            return;
        }
        row(
                out,
                "execution time",
                "mean %.3f ms, variation %.2f",
                times.meanNanos() / NANOS_PER_MILLI,
                times.variation());
        row(
                out,
                "percentiles",
                "p50 %.3f ms, p90 %.3f ms, p99 %.3f ms, max %.3f ms",
                times.percentileNanos(50) / NANOS_PER_MILLI,
                times.percentileNanos(90) / NANOS_PER_MILLI,
                times.percentileNanos(99) / NANOS_PER_MILLI,
                times.percentileNanos(100) / NANOS_PER_MILLI);
        row(out, "service rate", "%.2f/s per slot (1 / mean)", times.ratePerSlot());
        row(out, "throughput", "%.2f/s done, %d callers", times.throughput(), times.callers());
    }

    private static void row(PrintWriter out, String name, String format, Object... values) {
        out.printf("%-16s %s%n", name, String.format(Locale.ROOT, format, values));
    }

    private static void write(ServiceTimes times, Path file) throws IOException {
        List<String> lines = times.executionNanos().stream()
                .map(nanos -> String.format(Locale.ROOT, "%.3fms", Math.max(LEAST_NANOS, nanos) / NANOS_PER_MILLI))
                .toList();
        Files.write(file, lines);
    }
}
