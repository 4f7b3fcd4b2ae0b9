package io.p2pfaas.node.planted.arrows.runtime;

import io.p2pfaas.node.planted.arrows.config.Settings;

/** Breaks the rule that only the wiring knows the configuration. */
public record KnowsConfig(Settings settings) {}
