package io.p2pfaas.node.planted.arrows.app;

/** Stands for the wiring. */
public final class Everything {}
