package io.p2pfaas.node.planted.libraries.http;

import io.undertow.util.HttpString;

/** Allowed. */
public record MayKnowUndertow(HttpString name) {}
