package io.p2pfaas.node.planted.arrows.call;

import io.p2pfaas.node.planted.arrows.loop.KnowsApp;

/** Breaks the rule that what travels does not know what moves it. */
public record KnowsLoop(KnowsApp loop) {}
