package io.p2pfaas.node.app.cli;

import io.p2pfaas.core.model.FunctionName;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** Options and parameters as the commands declare them, and what was said with them. */
final class Options {
    /** What the help of each command ends with. */
    private static final String[] EXIT_CODES = {
        "",
        "Exit codes:",
        "  0  done",
        "  1  the node or the function said no, or was not reached;",
        "     doctor: there is a problem",
        "  2  bad usage: an option that is unknown, or a value that cannot be"
    };

    private Options() {}

    static CommandSpec command(Command command, String... description) {
        CommandSpec spec = CommandSpec.wrapWithoutInspection(command);
        spec.usageMessage().description(description).footer(EXIT_CODES);
        spec.addOption(OptionSpec.builder("-h", "--help")
                .usageHelp(true)
                .description("Show this help message and exit.")
                .build());
        return spec;
    }

    static OptionSpec text(String label, String description, String... names) {
        return OptionSpec.builder(names)
                .paramLabel(label)
                .type(String.class)
                .description(description)
                .build();
    }

    static OptionSpec texts(String label, String description, String... names) {
        return OptionSpec.builder(names)
                .paramLabel(label)
                .type(List.class)
                .auxiliaryTypes(String.class)
                .arity("1")
                .description(description + " May be repeated.")
                .build();
    }

    static OptionSpec flag(String description, String... names) {
        return OptionSpec.builder(names)
                .type(boolean.class)
                .description(description)
                .build();
    }

    /** @param known values that a shell completes */
    static PositionalParamSpec name(String label, String description, String... known) {
        return PositionalParamSpec.builder()
                .paramLabel(label)
                .index("0")
                .type(String.class)
                .arity("1")
                .required(true)
                .completionCandidates(List.of(known))
                .description(description)
                .build();
    }

    /**
     * A function's name, which goes into paths and topics.
     *
     * @throws IllegalArgumentException with what is allowed
     */
    static String function(String name) {
        if (!FunctionName.isValid(name)) {
            throw new IllegalArgumentException("NAME is '" + name
                    + "', allowed are 1 to 64 characters of A-Z a-z 0-9 . _ -, a letter or digit first");
        }
        return name;
    }

    static List<String> all(CommandLine.ParseResult parsed, String option) {
        return parsed.matchedOptionValue(option, List.<String>of());
    }

    /** @throws IllegalArgumentException if one has no {@code =} */
    static Map<String, String> pairs(CommandLine.ParseResult parsed, String option) {
        Map<String, String> pairs = new LinkedHashMap<>();
        for (String pair : all(parsed, option)) {
            int equals = pair.indexOf('=');
            if (equals <= 0) {
                throw new IllegalArgumentException(option + " is '" + pair + "', allowed is KEY=VALUE");
            }
            pairs.put(pair.substring(0, equals), pair.substring(equals + 1));
        }
        return pairs;
    }

    /** A whole number within bounds. */
    static int number(String name, String text, int least, int most) {
        try {
            int number = Integer.parseInt(text);
            if (number >= least && number <= most) {
                return number;
            }
        } catch (NumberFormatException ignored) {
            // Told below, as any other wrong value.
        }
        throw new IllegalArgumentException(
                name + " is '" + text + "', allowed is a whole number from " + least + " to " + most);
    }
}
