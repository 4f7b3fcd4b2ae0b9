package io.p2pfaas.node.planted.counters.metrics;

import io.p2pfaas.node.planted.counters.mqtt.Link;

/** Breaks the rule that metrics see the link's counters and nothing else of it. */
public record ReadsLink(Link link) {}
