package io.p2pfaas.load.cli;

import io.p2pfaas.load.record.RunResult;
import io.p2pfaas.load.report.Filter;
import io.p2pfaas.load.report.StoredResults;
import io.p2pfaas.load.report.export.JobsDatabase;
import io.p2pfaas.load.report.export.LatencyLog;
import io.p2pfaas.load.report.export.TidyRuns;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code lab export}: results for other tools. */
@Command(
        name = "export",
        sortOptions = false,
        description = "Writes results for other tools. A file that is there already is replaced.",
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {
            "0:written",
            "1:a file could not be read or written, or there was nothing to write",
            "2:bad usage"
        })
final class Export implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(paramLabel = "DIR", description = "Result folder of lab run.")
    private Path folder = Path.of(".");

    /** At least one of them. */
    private static final class Formats {
        @Option(names = "--csv", paramLabel = "FILE", description = "A row per repetition with all its numbers.")
        private @Nullable Path csv;

        @Option(
                names = "--sqlite",
                paramLabel = "FILE",
                description =
                        "A row per call, in the tables of P2PFaaS's benchmark. It has no column for the scheduler:"
                                + " choose one by --only.")
        private @Nullable Path sqlite;

        @Option(
                names = "--hlog",
                paramLabel = "FILE",
                description = "Latencies for HistogramLogProcessor; tagged if there are several points.")
        private @Nullable Path hlog;
    }

    @ArgGroup(multiplicity = "1", exclusive = false)
    private Formats formats = new Formats();

    @Option(
            names = "--only",
            paramLabel = "AXIS=VALUE,...",
            description = "Only these points, for example 'scheduler=BrokerMatch,rho=0.9' or world=live.")
    private List<String> only = List.of();

    @Override
    public Integer call() {
        try {
            StoredResults read = StoredResults.read(folder);
            read.notes().forEach(this::note);
            List<RunResult> runs = Filter.of(only).pick(read.runs().all());
            if (runs.isEmpty()) {
                spec.commandLine().getErr().println("lab export: no finished repetition in " + folder + " for " + only);
                return 1;
            }
            if (formats.csv != null) {
                Files.writeString(formats.csv, TidyRuns.of(runs).csv());
                told(formats.csv, runs.size(), "repetitions");
            }
            if (formats.hlog != null) {
                told(formats.hlog, LatencyLog.write(runs, formats.hlog), "repetitions");
            }
            return formats.sqlite == null ? 0 : sqlite(read, runs, formats.sqlite);
        } catch (IllegalArgumentException unusable) {
            throw new ParameterException(spec.commandLine(), String.valueOf(unusable.getMessage()), unusable);
        } catch (IOException failed) {
            spec.commandLine().getErr().println("lab export: " + failed.getMessage());
            return 1;
        }
    }

    private int sqlite(StoredResults read, List<RunResult> runs, Path file) throws IOException {
        long schedulers = runs.stream()
                .map(run -> run.point().get("scheduler"))
                .distinct()
                .count();
        if (schedulers > 1) {
            note(file + " has the calls of " + schedulers
                    + " schedulers, and no column to tell them apart; see --only");
        }
        JobsDatabase.Written written = JobsDatabase.write(read, runs, file);
        written.notes().forEach(this::note);
        told(file, written.jobs(), "calls");
        return written.jobs() > 0 ? 0 : 1;
    }

    private void note(String note) {
        spec.commandLine().getErr().println("note: " + note);
    }

    private void told(Path file, long count, String what) {
        spec.commandLine().getOut().println(file + ": " + count + " " + what);
        spec.commandLine().getOut().flush();
    }
}
