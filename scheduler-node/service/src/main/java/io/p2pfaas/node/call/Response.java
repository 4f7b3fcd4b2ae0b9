package io.p2pfaas.node.call;

import java.nio.ByteBuffer;

/**
 * What the function answered.
 *
 * @param headers end-to-end fields only, content type included
 * @param body read-only; its position is never moved, use {@link ByteBuffer#duplicate()}
 */
public record Response(int status, Headers headers, ByteBuffer body) {}
