package io.p2pfaas.node.app.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * What a command shows of who asks: a token, or the user and password of a node's administrator.
 *
 * @param secret tokens have no colon, a user and a password have one between them; empty = nothing is shown
 */
record Shown(String secret) {
    private static final String TOKEN = "--token";
    private static final String FILE = "--token-file";
    private static final String VARIABLE = "P2PFAAS_TOKEN";

    static void addTo(CommandSpec spec) {
        spec.addOption(OptionSpec.builder(TOKEN)
                .paramLabel("TOKEN")
                .type(String.class)
                .description("Token, or USER:PASSWORD of http.admin-user. Other users of the machine can see it here;"
                        + " better in a file, or in the environment variable " + VARIABLE + ".")
                .build());
        spec.addOption(OptionSpec.builder(FILE)
                .paramLabel("FILE")
                .type(Path.class)
                .description("File that has it.")
                .build());
    }

    /** @throws IllegalArgumentException with the option that is wrong */
    static Shown of(CommandLine.ParseResult parsed) {
        Path file = parsed.matchedOptionValue(FILE, (Path) null);
        if (file == null) {
            String variable = System.getenv(VARIABLE);
            return checked(TOKEN, parsed.matchedOptionValue(TOKEN, variable == null ? "" : variable));
        }
        if (parsed.hasMatchedOption(TOKEN)) {
            throw new IllegalArgumentException(FILE + " and " + TOKEN + " are both there, allowed is one of them");
        }
        try {
            return checked(FILE, Files.readString(file).strip());
        } catch (IOException failed) {
            throw new IllegalArgumentException(FILE + " cannot be read: " + failed, failed);
        }
    }

    private static Shown checked(String option, String secret) {
        Shown shown = new Shown(secret);
        if (!shown.isPassword() && !secret.chars().allMatch(c -> c > ' ' && c < 0x7f)) {
            throw new IllegalArgumentException(
                    option + ": it has blanks, line ends or other characters that no token has");
        }
        return shown;
    }

    boolean isNothing() {
        return secret.isEmpty();
    }

    private boolean isPassword() {
        return secret.indexOf(':') >= 0;
    }

    /** As header fields of a request that looks or manages. */
    List<String> toNode() {
        return isPassword()
                ? List.of("Authorization: Basic "
                        + Base64.getEncoder().encodeToString(secret.getBytes(StandardCharsets.UTF_8)))
                : toFunction();
    }

    /** As header fields of a call, whose {@code Authorization} a function may get to see. */
    List<String> toFunction() {
        return isNothing() || isPassword() ? List.of() : List.of("X-P2pfaas-Token: " + secret);
    }
}
