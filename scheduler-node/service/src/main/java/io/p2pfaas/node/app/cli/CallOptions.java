package io.p2pfaas.node.app.cli;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * What a call consists of, as {@code invoke} and {@code explain} are told.
 *
 * @param target function, path and query: {@code NAME[/path][?query]}
 * @param body null = none
 */
record CallOptions(
        String method,
        String target,
        List<String> headers,
        @Nullable ByteBuffer body) {
    private static final String DATA = "--data";
    private static final String HEADER = "--header";
    private static final String METHOD = "--method";
    private static final String DEFAULT_CONTENT_TYPE = "text/plain";

    static void addTo(CommandSpec spec) {
        spec.addOption(Options.text(
                "TEXT|@FILE|-", "Request body: a text, a file, or standard input. Default: none.", "-d", DATA));
        spec.addOption(Options.texts("'Name: value'", "Request header.", "-H", HEADER));
        spec.addOption(OptionSpec.builder("-X", METHOD)
                .paramLabel("METHOD")
                .type(String.class)
                .defaultValue("POST")
                .description("HTTP method. Default: POST")
                .build());
        spec.addPositional(Options.name("NAME[/path][?query]", "The function."));
    }

    /** @throws IllegalArgumentException with what is wrong */
    static CallOptions of(CommandLine.ParseResult parsed) throws IOException {
        String data = parsed.matchedOptionValue(DATA, (String) null);
        List<String> headers = new ArrayList<>(Options.all(parsed, HEADER));
        boolean typed = headers.stream().anyMatch(h -> h.regionMatches(true, 0, "content-type:", 0, 13));
        if (data != null && !typed) {
            headers.add("Content-Type: " + DEFAULT_CONTENT_TYPE);
        }
        CallOptions call = new CallOptions(
                parsed.matchedOptionValue(METHOD, "POST"), parsed.matchedPositionalValue(0, ""), headers, body(data));
        String unused = Options.function(call.function());
        return call;
    }

    /** The body as it is sent; null = none. */
    byte @Nullable [] bytes() {
        if (body == null) {
            return null;
        }
        byte[] bytes = new byte[body.remaining()];
        body.duplicate().get(bytes);
        return bytes;
    }

    /** The function's name alone. */
    String function() {
        return target.split("[/?]", 2)[0];
    }

    private static @Nullable ByteBuffer body(@Nullable String data) throws IOException {
        if (data == null) {
            return null;
        }
        if (data.equals("-")) {
            return ByteBuffer.wrap(System.in.readAllBytes());
        }
        if (!data.startsWith("@")) {
            return ByteBuffer.wrap(data.getBytes(StandardCharsets.UTF_8));
        }
        try {
            return ByteBuffer.wrap(Files.readAllBytes(Path.of(data.substring(1))));
        } catch (NoSuchFileException missing) {
            throw new IllegalArgumentException(DATA + " names a file that is not there: " + missing.getFile(), missing);
        }
    }
}
