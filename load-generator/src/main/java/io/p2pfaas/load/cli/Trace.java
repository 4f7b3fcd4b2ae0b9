package io.p2pfaas.load.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code lab trace}: recorded loads. */
@Command(name = "trace", description = "Recorded loads, for arrivals {law: replay}.", subcommands = TraceImport.class)
final class Trace implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        throw new ParameterException(spec.commandLine(), "which command? import");
    }
}
