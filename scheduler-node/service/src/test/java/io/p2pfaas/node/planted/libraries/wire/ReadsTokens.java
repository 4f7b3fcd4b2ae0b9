package io.p2pfaas.node.planted.libraries.wire;

import com.fasterxml.jackson.core.JsonToken;

/** Allowed. */
public record ReadsTokens(JsonToken token) {}
