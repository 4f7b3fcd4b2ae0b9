package io.p2pfaas.load.cli;

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
        subcommands = {Quick.class, ReportCommand.class, Compare.class, Export.class},
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
        return new CommandLine(new Lab());
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
