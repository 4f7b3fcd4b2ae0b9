package io.p2pfaas.core.planted.policy;

import io.p2pfaas.core.planted.node.PlantedNode;

/** An arrow in the wrong direction. */
public record PolicyThatKnowsTheNode(PlantedNode node) {}
