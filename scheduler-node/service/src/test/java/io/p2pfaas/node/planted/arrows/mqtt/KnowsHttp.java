package io.p2pfaas.node.planted.arrows.mqtt;

import io.p2pfaas.node.planted.arrows.http.Door;

/** Breaks the rule that edges do not know each other. */
public record KnowsHttp(Door door) {}
