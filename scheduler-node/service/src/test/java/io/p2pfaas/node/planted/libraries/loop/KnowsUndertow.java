package io.p2pfaas.node.planted.libraries.loop;

import io.undertow.util.HttpString;

/** Breaks the rule that only the HTTP edges know the HTTP library. */
public record KnowsUndertow(HttpString name) {}
