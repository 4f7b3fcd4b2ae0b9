package io.p2pfaas.node.app.cli;

import picocli.CommandLine.Model.CommandSpec;

/** All commands that talk to a running node. */
public final class Commands {
    private Commands() {}

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
