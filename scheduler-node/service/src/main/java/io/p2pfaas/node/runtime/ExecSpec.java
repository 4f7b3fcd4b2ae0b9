package io.p2pfaas.node.runtime;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What {@code exec:/PATH/PROGRAM?arg=...&arg=...&type=...} says.
 *
 * @param command the program and its arguments
 * @param contentType of what it writes; empty = that of the call
 */
record ExecSpec(List<String> command, Optional<String> contentType) {
    private static final String SCHEME = "exec:";

    ExecSpec {
        command = List.copyOf(command);
    }

    /**
     * Reads a specification.
     *
     * @throws IllegalArgumentException naming what is wrong with it, also if there is no such program
     */
    static ExecSpec parse(String text) {
        int mark = text.indexOf('?');
        String place = text.substring(SCHEME.length(), mark < 0 ? text.length() : mark);
        List<String> command = new ArrayList<>();
        command.add(program(text, place));
        Optional<String> contentType = Optional.empty();
        if (mark >= 0) {
            for (String pair : text.substring(mark + 1).split("&", -1)) {
                int equals = pair.indexOf('=');
                String key = equals < 0 ? pair : pair.substring(0, equals);
                String value = equals < 0 ? "" : decoded(text, pair.substring(equals + 1));
                switch (key) {
                    case "arg" -> command.add(value);
                    case "type" -> contentType = Optional.of(value);
                    default ->
                        throw new IllegalArgumentException("in \"" + text + "\": unknown parameter \"" + key
                                + "\"; allowed are arg, as often as needed, and type");
                }
            }
        }
        return new ExecSpec(command, contentType);
    }

    private static String decoded(String text, String value) {
        try {
            String decoded = URLDecoder.decode(value, StandardCharsets.UTF_8);
            if (decoded.chars().noneMatch(c -> c < ' ')) {
                return decoded;
            }
        } catch (IllegalArgumentException ignored) {
            // Said below, as for control characters.
        }
        throw new IllegalArgumentException("in \"" + text + "\": \"" + value + "\" is no percent-encoded text");
    }

    private static String program(String text, String place) {
        try {
            Path path = Path.of(place);
            if (path.isAbsolute() && Files.isRegularFile(path) && Files.isExecutable(path)) {
                return place;
            }
        } catch (InvalidPathException ignored) {
            // Said below.
        }
        throw new IllegalArgumentException("in \"" + text + "\": \"" + place
                + "\" is no program; allowed is the absolute path of a file that may be executed");
    }
}
