package io.p2pfaas.node.app.cli;

import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** The form in which a command says what it has found. */
enum Form {
    /** For people. */
    TABLE,
    JSON,
    /** As in RFC 4180, with a line of names. */
    CSV;

    private static final String OPTION = "--output";

    static void addTo(CommandSpec spec) {
        spec.addOption(OptionSpec.builder("-o", OPTION)
                .paramLabel("table|json|csv")
                .type(String.class)
                .defaultValue("table")
                .completionCandidates(List.of("table", "json", "csv"))
                .description("Form of the output. Default: table")
                .build());
    }

    /** @throws IllegalArgumentException with what is allowed */
    static Form of(CommandLine.ParseResult parsed) {
        String form = parsed.matchedOptionValue(OPTION, "table");
        return switch (form) {
            // What the first versions called it.
            case "table", "text" -> TABLE;
            case "json" -> JSON;
            case "csv" -> CSV;
            default -> throw new IllegalArgumentException(OPTION + " is '" + form + "', allowed is table, json or csv");
        };
    }
}
