package io.p2pfaas.node.app;

import io.p2pfaas.node.app.cli.Commands;
import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine.Model.CommandSpec;

/** The command line of {@code scheduler-node.jar}. Exit codes: 0 as asked, 2 bad usage or configuration, 1 else. */
public final class Main {
    private Main() {}

    /** Runs the command that the arguments name. */
    public static void main(String[] arguments) {
        System.setOut(utf8(FileDescriptor.out));
        System.setErr(utf8(FileDescriptor.err));
        System.exit(run(arguments));
    }

    /** Where no locale is set, as for services, Java would write a question mark for what is not ASCII. */
    private static PrintStream utf8(FileDescriptor stream) {
        return new PrintStream(
                new BufferedOutputStream(new FileOutputStream(stream)), /* autoFlush= */ true, StandardCharsets.UTF_8);
    }

    static int run(String... arguments) {
        LogSetup.install();
        CommandSpec top = CommandSpec.create().name("scheduler-node").version("p2pfaas-mqtt " + Version.text());
        top.usageMessage()
                .description("A node that runs functions and shares calls with its peers over MQTT.")
                .footer(
                        "",
                        "Exit codes: 0 ended as asked; 1 the node or the function said no or was not reached, or doctor"
                                + " found something; 2 bad usage or configuration.");
        top.mixinStandardHelpOptions(true);
        top.addSubcommand("node", NodeCommand.spec());
        Commands.addTo(top);
        top.addSubcommand("token", TokenCommand.spec());
        top.addSubcommand("rehearse", RehearseCommand.spec());
        return Commands.line(top).execute(arguments);
    }
}
