package io.p2pfaas.load.cli;

import io.p2pfaas.load.record.RunResult;
import io.p2pfaas.load.record.Runs;
import io.p2pfaas.load.report.Comparison;
import io.p2pfaas.load.report.Filter;
import io.p2pfaas.load.report.Metric;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code lab compare}: is B worse than A? */
@Command(
        name = "compare",
        sortOptions = false,
        description = {
            "Compares two result folders, or two parts of one, point by point. Repetitions are paired, because the same"
                    + " repetition had the same arrivals.",
            "B is worse or better at a point if the 95 % interval of the difference leaves out zero and its mean is"
                    + " beyond the tolerance."
        },
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {"0:B is nowhere worse", "1:B is worse at some point, or a file could not be read", "2:bad usage"
        })
final class Compare implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(paramLabel = "DIR", arity = "1..2", description = "A and B; with one folder, --a and --b choose parts.")
    private List<Path> folders = List.of();

    @Option(
            names = "--a",
            paramLabel = "AXIS=VALUE,...",
            description = "Only these points of A, for example 'scheduler=NoScheduler,rho=0.9' or world=live.")
    private List<String> a = List.of();

    @Option(names = "--b", paramLabel = "AXIS=VALUE,...", description = "Only these points of B.")
    private List<String> b = List.of();

    @Option(
            names = "--metric",
            paramLabel = "NAME",
            defaultValue = "pB",
            description = "One of pB, pE, mean-latency, p50, p90, p99, p99.9, failed, late, packets, jain, pB-spread,"
                    + " sample-age, throughput, send-lag-p99 (${DEFAULT-VALUE}).")
    private String metric = "pB";

    @Option(
            names = "--tolerance",
            paramLabel = "SHARE",
            defaultValue = "0.05",
            description = "A difference below this share of A's mean does not matter (${DEFAULT-VALUE}).")
    private double tolerance;

    @Override
    public Integer call() {
        if (folders.size() == 1 && a.equals(b)) {
            throw new ParameterException(
                    spec.commandLine(), "with one folder, --a and --b must name two different parts of it");
        }
        try {
            List<RunResult> left = runs(folders.get(0));
            List<RunResult> right = folders.size() == 1 ? left : runs(folders.get(1));
            Comparison comparison =
                    Comparison.of(left, Filter.of(a), right, Filter.of(b), Metric.of(metric), tolerance);
            spec.commandLine().getOut().print(comparison.text());
            spec.commandLine().getOut().flush();
            return comparison.isRegression() ? 1 : 0;
        } catch (IllegalArgumentException unusable) {
            throw new ParameterException(spec.commandLine(), String.valueOf(unusable.getMessage()), unusable);
        } catch (IOException failed) {
            spec.commandLine().getErr().println("lab compare: " + failed.getMessage());
            return 1;
        }
    }

    private List<RunResult> runs(Path folder) throws IOException {
        Runs runs = Runs.read(folder);
        runs.notes().forEach(note -> spec.commandLine().getErr().println("note: " + note));
        return runs.all();
    }
}
