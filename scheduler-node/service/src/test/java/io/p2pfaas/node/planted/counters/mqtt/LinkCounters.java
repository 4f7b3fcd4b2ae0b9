package io.p2pfaas.node.planted.counters.mqtt;

/** Stands for what the metrics may read. */
public final class LinkCounters {}
