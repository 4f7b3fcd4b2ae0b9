package io.p2pfaas.node.planted.arrows.config;

import io.p2pfaas.node.planted.arrows.wire.Bytes;

/** Breaks the rule that the configuration knows the core and call only. */
public record KnowsWire(Bytes bytes) {}
