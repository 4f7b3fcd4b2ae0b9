package io.p2pfaas.load.cli;

import io.p2pfaas.load.plan.InvalidExperiment;
import picocli.CommandLine;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;

/** An experiment file is wrong: bad usage, but no list of options helps with it. */
final class BadExperiment extends ParameterException {
    private static final long serialVersionUID = 1;

    BadExperiment(CommandLine command, InvalidExperiment invalid) {
        super(command, String.valueOf(invalid.getMessage()), invalid);
    }

    /** Prints the problems alone, and leaves all other bad usage to {@code otherwise}. */
    static IParameterExceptionHandler handler(IParameterExceptionHandler otherwise) {
        return (problem, args) -> {
            if (problem instanceof BadExperiment) {
                problem.getCommandLine().getErr().println(problem.getMessage());
                return CommandLine.ExitCode.USAGE;
            }
            return otherwise.handleParseException(problem, args);
        };
    }
}
