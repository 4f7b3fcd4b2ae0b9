package io.p2pfaas.load.cli;

import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** The command {@code lab}; the work is in its subcommands. */
@Command(
        name = "lab",
        description = "Puts load on nodes and reports what became of it.",
        scope = ScopeType.INHERIT,
        mixinStandardHelpOptions = true,
        versionProvider = Lab.Version.class,
        subcommands = {
            Quick.class,
            Simulate.class,
            Check.class,
            PlanCommand.class,
            Theory.class,
            Trace.class,
            ServiceRate.class,
            Top.class,
            ReportCommand.class,
            Compare.class,
            Export.class,
            Chaos.class,
            LedgerCommand.class
        },
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {"0:it ran", "1:it failed, or no call got through", "2:bad usage"})
public final class Lab implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        throw new ParameterException(spec.commandLine(), "which command?");
    }

    public static void main(String[] args) {
        System.exit(commandLine().execute(args));
    }

    static CommandLine commandLine() {
        return commandLine(new StandardWorlds());
    }

    /** With other worlds than those of this build. */
    static CommandLine commandLine(Worlds worlds) {
        CommandLine lab =
                new CommandLine(new Lab()).addSubcommand(new Run(worlds)).addSubcommand(new Sweep(worlds));
        return lab.setParameterExceptionHandler(BadExperiment.handler(lab.getParameterExceptionHandler()))
                .setExecutionExceptionHandler((problem, command, args) -> failed(problem, command));
    }

    /** A disk or a network that fails is no fault of the lab: its message says enough, without where in the code. */
    private static int failed(Exception problem, CommandLine command) throws Exception {
        if (!(problem instanceof IOException)) {
            throw problem;
        }
        boolean plain = problem.getClass() == IOException.class;
        command.getErr().println(plain ? problem.getMessage() : problem.toString());
        return CommandLine.ExitCode.SOFTWARE;
    }

    /** From the manifest of the jar; classes run without one have no version. */
    static final class Version implements IVersionProvider {
        @Override
        public String[] getVersion() {
            String version = Lab.class.getPackage().getImplementationVersion();
            return new String[] {"lab " + (version == null ? "(not from a jar)" : version)};
        }
    }
}
