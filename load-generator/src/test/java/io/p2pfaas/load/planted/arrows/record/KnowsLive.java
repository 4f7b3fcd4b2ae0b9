package io.p2pfaas.load.planted.arrows.record;

import io.p2pfaas.load.planted.arrows.live.Live;

/** Breaks the arrow from live to record. */
public record KnowsLive(Live live) {}
