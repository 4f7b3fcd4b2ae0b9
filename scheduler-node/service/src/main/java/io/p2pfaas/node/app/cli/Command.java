package io.p2pfaas.node.app.cli;

import picocli.CommandLine;

/** What a subcommand does; answers the exit code. */
@FunctionalInterface
public interface Command {
    int run(CommandLine.ParseResult parsed);
}
