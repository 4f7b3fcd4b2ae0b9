package io.p2pfaas.node.runtime;

import io.p2pfaas.node.call.Headers;
import io.p2pfaas.node.call.Response;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Answers of built-in functions. */
final class Answers {
    private static final Headers JSON = Headers.of("Content-Type", "application/json");
    private static final Headers TEXT = Headers.of("Content-Type", "text/plain; charset=utf-8");

    private Answers() {}

    static Response json(String text) {
        return new Response(200, JSON, utf8(text));
    }

    static Response text(int status, String text) {
        return new Response(status, TEXT, utf8(text));
    }

    private static ByteBuffer utf8(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)).asReadOnlyBuffer();
    }
}
