package io.p2pfaas.node.app.cli;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine.Model.CommandSpec;

/**
 * What one command line says and how it ends.
 *
 * @param exit the exit code
 */
record Said(int exit, String out, String err) {
    /** Runs a command that ends by itself, in this process. One at a time: the standard streams are borrowed. */
    static synchronized Said by(String... arguments) {
        PrintStream out = System.out;
        PrintStream err = System.err;
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        ByteArrayOutputStream complained = new ByteArrayOutputStream();
        System.setOut(new PrintStream(said, true, StandardCharsets.UTF_8));
        System.setErr(new PrintStream(complained, true, StandardCharsets.UTF_8));
        try {
            CommandSpec top = CommandSpec.create().name("scheduler-node");
            Commands.addTo(top);
            int exit = Commands.line(top).execute(arguments);
            return new Said(exit, said.toString(StandardCharsets.UTF_8), complained.toString(StandardCharsets.UTF_8));
        } finally {
            System.setOut(out);
            System.setErr(err);
        }
    }
}
