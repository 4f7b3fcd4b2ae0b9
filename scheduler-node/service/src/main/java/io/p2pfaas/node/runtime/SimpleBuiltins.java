package io.p2pfaas.node.runtime;

import io.p2pfaas.node.call.Headers;
import io.p2pfaas.node.call.Request;
import io.p2pfaas.node.call.Response;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** The built-in functions that answer from nothing but the request. */
final class SimpleBuiltins {
    private SimpleBuiltins() {}

    /** Body and content type come back. */
    static Builtin echo(BuiltinSpec ignored) {
        return (request, execution) ->
                execution.answer(new Response(200, contentType(request).build(), request.body()));
    }

    /**
     * Answers with the status of query parameter {@code code} (200 to 599, 200 without one), the Location of
     * {@code location} for redirects, and the body. For tests and demonstrations of what passes through a node.
     */
    static Builtin status(BuiltinSpec ignored) {
        return (request, execution) -> {
            int status = QueryText.number(request.query(), "code", 200);
            if (status < 200 || status > 599) {
                execution.answer(Answers.text(400, "code must be a status from 200 to 599\n"));
                return;
            }
            Headers.Builder headers = contentType(request);
            String location = QueryText.first(request.query(), "location");
            if (location != null && status / 100 == 3) {
                headers.add("Location", location);
            }
            boolean bodiless = status == 204 || status == 304;
            ByteBuffer body = bodiless ? ByteBuffer.allocate(0).asReadOnlyBuffer() : request.body();
            execution.answer(new Response(status, headers.build(), body));
        };
    }

    /** SHA-256 of the body in lower-case hexadecimal. */
    static Builtin hash(BuiltinSpec ignored) {
        return (request, execution) ->
                execution.answerWith(() -> Answers.text(200, HexFormat.of().formatHex(sha256(request.body()))));
    }

    private static byte[] sha256(ByteBuffer body) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(body.duplicate());
            return digest.digest();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    private static Headers.Builder contentType(Request request) {
        Headers.Builder headers = new Headers.Builder();
        String type = request.headers().first("content-type");
        return type == null ? headers : headers.add("Content-Type", type);
    }
}
