package io.p2pfaas.core.learn;

/**
 * An action that the learner chose.
 *
 * @param epsilon with this probability it was drawn at random
 */
public record Act(int action, double epsilon) {}
