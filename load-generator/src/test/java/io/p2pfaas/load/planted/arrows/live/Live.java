package io.p2pfaas.load.planted.arrows.live;

/** Known only to cli. */
public final class Live {}
