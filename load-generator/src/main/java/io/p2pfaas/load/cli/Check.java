package io.p2pfaas.load.cli;

import io.p2pfaas.load.plan.Experiment;
import io.p2pfaas.load.plan.Experiment.RunSpec;
import io.p2pfaas.load.plan.ExperimentFile;
import io.p2pfaas.load.plan.InvalidExperiment;
import io.p2pfaas.load.plan.Metric;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code lab check}: is an experiment file sound? */
@Command(
        name = "check",
        sortOptions = false,
        description = "Reads an experiment file, says what it would run, or all that is wrong with it.",
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {"0:it is sound", "2:it is not"})
final class Check implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(
            index = "0",
            arity = "0..1",
            paramLabel = "EXP.yaml",
            description = "The experiment, see docs/lab/experiments.md.")
    private @Nullable Path path;

    @Mixin
    private PluginFolder plugins = new PluginFolder();

    @Option(names = "--gates", description = "List what gates can be set on.")
    private boolean gates;

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        if (gates) {
            TextTable table = new TextTable(List.of("metric", "bound", "meaning"));
            for (Metric metric : Metric.values()) {
                table.row(List.of(metric.label(), metric.unit().name().toLowerCase(Locale.ROOT), metric.meaning()));
            }
            out.print(table.aligned());
        } else if (path == null) {
            throw new ParameterException(spec.commandLine(), "which experiment file? Or --gates");
        }
        if (path != null) {
            out.println("ok: " + summary(read(path)));
        }
        out.flush();
        return 0;
    }

    private Experiment read(Path file) {
        try {
            return ExperimentFile.read(file, List.of(), plugins.catalogue(spec)).experiment();
        } catch (InvalidExperiment invalid) {
            throw new BadExperiment(spec.commandLine(), invalid);
        }
    }

    private static String summary(Experiment experiment) {
        RunSpec run = experiment.run();
        String repetitions = run.minRepetitions() == run.maxRepetitions()
                ? Integer.toString(run.minRepetitions())
                : run.minRepetitions() + " to " + run.maxRepetitions();
        return experiment.name() + " runs " + experiment.grid().points().size() + " points, each " + repetitions
                + " times; gates: " + experiment.gates().size() + ", faults: "
                + experiment.faults().size();
    }
}
