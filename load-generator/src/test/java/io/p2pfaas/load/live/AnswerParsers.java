package io.p2pfaas.load.live;

import io.p2pfaas.core.fuzz.Parser;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** What nodes answer. */
public final class AnswerParsers {
    private static final int MAX_TEXT = 256 * 1024;

    private AnswerParsers() {}

    /** All of them. */
    public static List<Parser> all() {
        return List.of(
                Parser.of("error-body", MAX_TEXT, input -> {
                    NodeAnswer.errorCode(input, input.length);
                    NodeAnswer.reason(input, input.length);
                }),
                Parser.of(
                        "executor",
                        MAX_TEXT,
                        input -> NodeAnswer.executor("True", new String(input, StandardCharsets.UTF_8))));
    }
}
