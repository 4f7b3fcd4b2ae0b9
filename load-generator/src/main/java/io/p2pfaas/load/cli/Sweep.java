package io.p2pfaas.load.cli;

import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code lab sweep}: an experiment with another grid. */
@Command(
        name = "sweep",
        sortOptions = false,
        description = {
            "Runs an experiment with some of its values overruled. The folder of results gets an experiment file that says"
                    + " what was run.",
            "Example: lab sweep exp.yaml --set rho=0.5,0.6 --set 'scheduler=BrokerMatch,PowerOfNScheduler(1,3,true,1)'"
                    + " --set run.duration=10s --simulate"
        },
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {"0:it ran and all gates hold", "1:a run failed, or a gate", "2:bad usage or experiment"})
final class Sweep implements Callable<Integer> {
    private final Worlds worlds;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private ExperimentArgument experiment = new ExperimentArgument();

    @Option(
            names = "--set",
            required = true,
            paramLabel = "KEY=VALUE,...",
            description = "An axis of the grid and its values, or SECTION.KEY of anything else in cluster, function,"
                    + " network, arrivals or run. May be repeated.")
    private List<String> overrides = List.of();

    @Mixin
    private CampaignRun run = new CampaignRun();

    Sweep(Worlds worlds) {
        this.worlds = worlds;
    }

    @Override
    public Integer call() throws Exception {
        return run.run(spec, worlds, experiment, experiment.read(spec, overrides), "-sweep");
    }
}
