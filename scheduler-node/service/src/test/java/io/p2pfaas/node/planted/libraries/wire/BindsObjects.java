package io.p2pfaas.node.planted.libraries.wire;

import com.fasterxml.jackson.databind.JsonNode;

/** Breaks the rule that bytes are read by hand: binding would let the network choose what is made. */
public record BindsObjects(JsonNode node) {}
