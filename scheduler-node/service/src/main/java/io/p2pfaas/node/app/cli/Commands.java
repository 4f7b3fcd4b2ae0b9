package io.p2pfaas.node.app.cli;

import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/** All commands that talk to a running node. */
public final class Commands {
    private Commands() {}

    /** The command line of all that is below {@code top}. */
    public static CommandLine line(CommandSpec top) {
        CommandLine line = new CommandLine(top);
        // picocli would put a file's words in the place of @FILE, which here is what a call sends.
        line.setExpandAtFiles(false);
        line.setExecutionStrategy(Commands::execute);
        return line;
    }

    private static int execute(CommandLine.ParseResult parsed) {
        Integer helped = CommandLine.executeHelpRequest(parsed);
        if (helped != null) {
            return helped;
        }
        CommandLine.ParseResult command = parsed.subcommand();
        if (command == null) {
            parsed.commandSpec().commandLine().usage(System.err);
            return CommandLine.ExitCode.USAGE;
        }
        return ((Command) command.commandSpec().userObject()).run(command);
    }

    /** Adds them. */
    public static void addTo(CommandSpec top) {
        top.addSubcommand("status", StatusCommand.spec());
        top.addSubcommand("top", TopCommand.spec());
        top.addSubcommand("events", EventsCommand.spec());
        top.addSubcommand("doctor", DoctorCommand.spec());
        top.addSubcommand("functions", FunctionsCommand.spec());
        top.addSubcommand("deploy", DeployCommand.spec());
        top.addSubcommand("scale", ScaleCommand.spec());
        top.addSubcommand("remove", RemoveCommand.spec());
        top.addSubcommand("logs", LogsCommand.spec());
        top.addSubcommand("invoke", InvokeCommand.spec());
        top.addSubcommand("explain", ExplainCommand.spec());
        top.addSubcommand("config", ConfigCommand.spec());
        top.addSubcommand("policy", PolicyCommand.spec());
        top.addSubcommand("drain", DrainCommand.spec());
        top.addSubcommand("completion", CompletionCommand.spec());
    }
}
