package io.p2pfaas.node.planted.counters.mqtt;

/** Stands for what they may not. */
public final class Link {}
