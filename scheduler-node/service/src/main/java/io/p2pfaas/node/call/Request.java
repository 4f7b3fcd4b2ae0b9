package io.p2pfaas.node.call;

import java.nio.ByteBuffer;

/**
 * What the function is given, whichever way the call came.
 *
 * @param method HTTP method; POST for calls over MQTT
 * @param path what followed the function's name in the URL, raw: empty, or starting with a slash
 * @param query the raw query without the question mark; empty if there is none
 * @param headers end-to-end fields only, content type included
 * @param body read-only; its position is never moved, use {@link ByteBuffer#duplicate()}
 */
public record Request(String method, String path, String query, Headers headers, ByteBuffer body) {}
