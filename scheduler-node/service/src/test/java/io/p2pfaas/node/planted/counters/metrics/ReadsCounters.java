package io.p2pfaas.node.planted.counters.metrics;

import io.p2pfaas.node.planted.counters.mqtt.LinkCounters;

/** Allowed. */
public record ReadsCounters(LinkCounters counters) {}
