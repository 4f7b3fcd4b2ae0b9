package io.p2pfaas.node.planted.cycles.http;

import io.p2pfaas.node.planted.cycles.mqtt.Egg;
import org.jspecify.annotations.Nullable;

/** Knows where it comes from. */
public record Hen(@Nullable Egg from) {}
