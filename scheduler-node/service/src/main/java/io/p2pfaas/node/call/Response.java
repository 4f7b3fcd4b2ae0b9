package io.p2pfaas.node.call;

import java.nio.ByteBuffer;

/**
 * What the function answered.
 *
 * @param headers end-to-end fields only, content type included; the length only in an answer to HEAD
 * @param body read-only; its position is never moved, use {@link ByteBuffer#duplicate()}
 */
public record Response(int status, Headers headers, ByteBuffer body) {
    /** The field that only an answer to HEAD has among its headers. */
    public static final String CONTENT_LENGTH = "Content-Length";
}
