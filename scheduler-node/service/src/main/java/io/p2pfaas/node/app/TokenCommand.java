package io.p2pfaas.node.app;

import io.p2pfaas.node.access.Role;
import io.p2pfaas.node.access.Tokens;
import io.p2pfaas.node.app.cli.Command;
import java.util.Arrays;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** {@code token ROLE}: makes a token, and the line by which nodes know it. */
final class TokenCommand {
    private TokenCommand() {}

    static CommandSpec spec() {
        CommandSpec spec = CommandSpec.wrapWithoutInspection((Command) TokenCommand::run);
        spec.usageMessage()
                .description(
                        "Makes a token for HTTP. Standard output gets the line for the nodes' http.tokens-file, which"
                                + " holds only a hash; the token itself is shown once, on standard error.");
        spec.mixinStandardHelpOptions(true);
        spec.addOption(OptionSpec.builder("-n", "--name")
                .paramLabel("NAME")
                .type(String.class)
                .defaultValue("")
                .description("Whose it is, for the file and the limits. Default: none")
                .build());
        spec.addPositional(PositionalParamSpec.builder()
                .paramLabel("invoke|admin")
                .type(String.class)
                .arity("1")
                .required(true)
                .description("What its holder may do: call functions, or that and manage the node.")
                .build());
        return spec;
    }

    private static int run(CommandLine.ParseResult parsed) {
        String wanted = parsed.matchedPositionalValue(0, "");
        Optional<Role> role = Arrays.stream(Role.values())
                .filter(any -> any.label().equals(wanted))
                .findFirst();
        if (role.isEmpty()) {
            System.err.println("the role is '" + wanted + "', allowed is invoke or admin");
            return CommandLine.ExitCode.USAGE;
        }
        try {
            Tokens.Issued issued = Tokens.issue(role.get(), parsed.matchedOptionValue("--name", ""));
            System.err.println("token: " + issued.token());
            System.out.println(issued.line());
            return CommandLine.ExitCode.OK;
        } catch (IllegalArgumentException wrong) {
            System.err.println(wrong.getMessage());
            return CommandLine.ExitCode.USAGE;
        }
    }
}
