package io.p2pfaas.node.planted.cycles.mqtt;

import io.p2pfaas.node.planted.cycles.http.Hen;
import org.jspecify.annotations.Nullable;

/** So does it. */
public record Egg(@Nullable Hen from) {}
