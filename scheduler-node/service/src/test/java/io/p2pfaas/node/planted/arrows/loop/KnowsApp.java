package io.p2pfaas.node.planted.arrows.loop;

import io.p2pfaas.node.planted.arrows.app.Everything;

/** Breaks the rule that nobody knows the wiring. */
public record KnowsApp(Everything everything) {}
