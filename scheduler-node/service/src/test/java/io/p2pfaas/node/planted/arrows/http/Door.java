package io.p2pfaas.node.planted.arrows.http;

/** Stands for the entrance. */
public final class Door {}
