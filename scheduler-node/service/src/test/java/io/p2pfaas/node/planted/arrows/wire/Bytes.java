package io.p2pfaas.node.planted.arrows.wire;

/** Stands for the codecs. */
public final class Bytes {}
