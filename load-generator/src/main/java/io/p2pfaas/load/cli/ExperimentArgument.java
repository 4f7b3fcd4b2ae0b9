package io.p2pfaas.load.cli;

import io.p2pfaas.load.plan.ExperimentFile;
import io.p2pfaas.load.plan.InvalidExperiment;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;

/** The experiment file on a command line. */
final class ExperimentArgument {
    @Parameters(index = "0", paramLabel = "EXP.yaml", description = "The experiment, see docs/lab/experiments.md.")
    private Path path = Path.of("");

    @Mixin
    private PluginFolder plugins = new PluginFolder();

    PluginFolder plugins() {
        return plugins;
    }

    Path path() {
        return path;
    }

    /** Reads it; what is wrong with it is bad usage. */
    ExperimentFile read(CommandSpec spec, List<String> overrides) {
        try {
            return ExperimentFile.read(path, overrides, plugins.catalogue(spec));
        } catch (InvalidExperiment invalid) {
            throw new BadExperiment(spec.commandLine(), invalid);
        }
    }
}
