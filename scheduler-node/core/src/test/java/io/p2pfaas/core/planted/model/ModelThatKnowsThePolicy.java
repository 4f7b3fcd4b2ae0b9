package io.p2pfaas.core.planted.model;

import io.p2pfaas.core.planted.policy.PolicyThatKnowsTheNode;

/** An arrow in the wrong direction, and half of a cycle. */
public record ModelThatKnowsThePolicy(PolicyThatKnowsTheNode policy) {}
