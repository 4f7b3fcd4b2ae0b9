package io.p2pfaas.node.app.cli;

import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/** {@code completion bash|zsh}: a script that completes commands and options. */
final class CompletionCommand {
    private static final String NAME = "scheduler-node";
    private static final String JAR = NAME + ".jar";

    private CompletionCommand() {}

    static CommandSpec spec() {
        CommandSpec spec = Options.command(
                CompletionCommand::run,
                "Prints a script that completes commands and options of scheduler-node.",
                "For this shell:  source <(scheduler-node completion bash)");
        spec.addPositional(Options.name("bash|zsh", "The shell.", "bash", "zsh"));
        return spec;
    }

    private static int run(CommandLine.ParseResult parsed) {
        String shell = parsed.matchedPositionalValue(0, "");
        if (!shell.equals("bash") && !shell.equals("zsh")) {
            System.err.println("the shell is '" + shell + "', allowed is bash or zsh");
            return CommandLine.ExitCode.USAGE;
        }
        // picocli's script switches zsh's own support for such scripts on.
        System.out.print(AutoComplete.bash(NAME, parsed.commandSpec().root().commandLine()));
        System.out.println("complete -F _complete_" + NAME + " -o default " + JAR + " ./" + JAR);
        return CommandLine.ExitCode.OK;
    }
}
