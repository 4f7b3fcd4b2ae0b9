package io.p2pfaas.node.app.cli;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** {@code invoke NAME}: calls a function and prints its answer. */
final class InvokeCommand {
    private static final int FIRST_FAILURE = 400;

    private InvokeCommand() {}

    static CommandSpec spec() {
        CommandSpec spec = Options.command(
                InvokeCommand::run,
                "Calls a function through a running node, or over its broker; the answer's body goes to standard output.",
                "Exit code 1, and the status on standard error, if it is 400 or more.");
        Target.addTo(spec);
        CallOptions.addTo(spec);
        spec.addOption(OptionSpec.builder("-i", "--include")
                .type(boolean.class)
                .description("Print status and headers, on standard error.")
                .build());
        MqttOptions.addTo(spec);
        return spec;
    }

    private static int run(CommandLine.ParseResult parsed) {
        return Asking.run(parsed, () -> {
            NodeClient.Answer answer = Calls.call(parsed, CallOptions.of(parsed));
            if (parsed.hasMatchedOption("--include")) {
                include(answer);
            } else if (answer.status() >= FIRST_FAILURE) {
                // Its body may be empty, or look like any other.
                tellStatus(answer);
            }
            print(answer.body());
            return answer.status() < FIRST_FAILURE ? Asking.OK : Asking.REFUSED;
        });
    }

    private static void include(NodeClient.Answer answer) {
        if (answer.headers().keySet().stream().noneMatch(name -> name == null)) {
            tellStatus(answer);
        }
        answer.headers()
                .forEach((header, values) -> values.forEach(
                        value -> System.err.println(Table.harmless(header == null ? value : header + ": " + value))));
    }

    private static void tellStatus(NodeClient.Answer answer) {
        System.err.println("status: " + answer.status());
    }

    static void print(ByteBuffer body) throws IOException {
        Channels.newChannel(System.out).write(body.duplicate());
        System.out.flush();
    }
}
