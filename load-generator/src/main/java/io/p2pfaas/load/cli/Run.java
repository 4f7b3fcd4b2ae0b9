package io.p2pfaas.load.cli;

import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code lab run}: an experiment, all its points and repetitions. */
@Command(
        name = "run",
        sortOptions = false,
        description = {
            "Runs an experiment: every point of its grid, repeated until it is known well enough. Each result is on disk"
                    + " before the next run begins; after a crash, a kill or Ctrl-C --resume does the rest.",
        },
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {"0:it ran and all gates hold", "1:a run failed, or a gate", "2:bad usage or experiment"})
final class Run implements Callable<Integer> {
    private final Worlds worlds;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private ExperimentArgument experiment = new ExperimentArgument();

    @Mixin
    private CampaignRun run = new CampaignRun();

    Run(Worlds worlds) {
        this.worlds = worlds;
    }

    @Override
    public Integer call() throws Exception {
        return run.run(spec, worlds, experiment, experiment.read(spec, List.of()), "");
    }
}
