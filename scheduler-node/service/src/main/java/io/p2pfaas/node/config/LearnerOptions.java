package io.p2pfaas.node.config;

import io.p2pfaas.core.learn.LearnerSettings;
import java.util.Optional;

/**
 * The node's learner.
 *
 * @param port where scripts that were written for P2PFaaS's learner find it, on the host of the HTTP address; absent =
 *     nowhere
 * @param learning how it learns
 */
public record LearnerOptions(Optional<Integer> port, LearnerSettings learning) {}
